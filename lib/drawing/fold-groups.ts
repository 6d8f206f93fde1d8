export interface FoldNode {
  readonly id: string;
  readonly parent: string | null;
  /** What it is one of, beside its parent: a group of the plan, or a mapped task. */
  readonly group: string | null;
}

export interface FoldedRow {
  /** A node's id; of a group that is no node, its own. */
  readonly id: string;
  /** The group's name, where the row is no node. */
  readonly group: string | undefined;
  readonly depth: number;
  /** How many nodes are below it; 0 where there is nothing to fold. */
  readonly size: number;
  readonly open: boolean;
  /** What is folded into the row. */
  readonly folded: readonly string[];
}

export interface Folding {
  /** Groups that are the other way round than they would be. */
  readonly turned: ReadonlySet<string>;
  /** What is shown though the group around it is folded. */
  readonly kept: ReadonlySet<string>;
}

/** A group of no more than these is read as fast open as folded. */
const FEW = 12;

interface Item {
  readonly id: string;
  readonly group: string | undefined;
  readonly above: Item | undefined;
  readonly below: Item[];
  size: number;
}

/** Rows in their order, parents before their children; large groups folded into one row each. */
export function foldGroups(nodes: readonly FoldNode[], { turned, kept }: Folding): FoldedRow[] {
  const rows: FoldedRow[] = [];
  const stack = topsOf(nodes)
    .map((item) => ({ item, depth: 0 }))
    .reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { item, depth } = next;
    const { id, group, size, below } = item;
    const isPlain = size === 0 || (group !== undefined && size <= FEW);
    const open = isPlain || size <= FEW !== turned.has(id);
    // A few of a kind need no head of their own.
    if (group === undefined || !isPlain) {
      const folded = open ? [] : nodesBelow(item);
      rows.push({ id, group, depth, size: isPlain ? 0 : size, open: open && !isPlain, folded });
      for (const inner of folded) {
        if (kept.has(inner)) {
          rows.push({ id: inner, group: undefined, depth: depth + 1, size: 0, open: false, folded: [] });
        }
      }
    }
    const inner = group !== undefined && isPlain ? depth : depth + 1;
    if (open) for (const child of below.toReversed()) stack.push({ item: child, depth: inner });
  }
  return rows;
}

/** What stands in nothing. A parent that comes later in the order is in a ring with its child: it holds nothing. */
function topsOf(nodes: readonly FoldNode[]): Item[] {
  const items = new Map<string, Item>();
  const made: Item[] = [];
  const make = (id: string, group: string | undefined, above: Item | undefined): Item => {
    const item: Item = { id, group, above, below: [], size: 0 };
    above?.below.push(item);
    items.set(id, item);
    made.push(item);
    return item;
  };
  for (const { id, parent, group } of nodes) {
    const above = parent === null ? undefined : items.get(parent);
    if (group === null || group === id) make(id, undefined, above);
    else {
      const key = `${above?.id ?? ""}\n${group}`;
      make(id, undefined, items.get(key) ?? make(key, group, above));
    }
  }
  for (const { above, group, size } of made.toReversed()) {
    if (above) above.size += size + (group === undefined ? 1 : 0);
  }
  return made.filter(({ above }) => above === undefined);
}

function nodesBelow(item: Item): string[] {
  const found: string[] = [];
  const stack = item.below.toReversed();
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.group === undefined) found.push(next.id);
    stack.push(...next.below.toReversed());
  }
  return found;
}
