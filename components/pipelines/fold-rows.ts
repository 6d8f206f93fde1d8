import type { GridRow } from "@/lib/contract/pipelines";

/** A row as it is seen: a node, or what stands for the nodes folded below it. */
export interface VisibleRow {
  readonly key: string;
  readonly label: string;
  readonly depth: number;
  /** The node itself, by its place among all rows; undefined for a group that is no node. */
  readonly own: number | undefined;
  /** The nodes that it stands for: itself, and all below it while these are folded. */
  readonly members: readonly number[];
  /** How many nodes are below it; 0 where nothing can be folded. */
  readonly below: number;
  readonly open: boolean;
}

/** Which groups are open. */
export type Opened = ReadonlySet<string> | "all";

interface Item {
  readonly key: string;
  readonly own: number | undefined;
}

/** Folds the nodes of a history into their groups, in the order of the work; what belongs together stands together. */
export function foldRows(rows: readonly GridRow[], opened: Opened): VisibleRow[] {
  const place = new Map(rows.map((row, i) => [row.key, i]));
  const below = childrenOf(rows, place);
  const all = leavesOf(below);
  const seen = new Set<string>();
  const visible: VisibleRow[] = [];
  const stack = (below.get(null) ?? []).map((item) => ({ item, depth: 0 })).reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { item, depth } = next;
    if (seen.has(item.key)) continue;
    seen.add(item.key);
    const children = below.get(item.key) ?? [];
    const isOpen = children.length > 0 && (opened === "all" || opened.has(item.key));
    const own = item.own === undefined ? [] : [item.own];
    const inner = all(item.key);
    visible.push({
      key: item.key,
      label: (item.own === undefined ? undefined : rows[item.own]?.label) ?? item.key,
      depth,
      own: item.own,
      members: isOpen && item.own !== undefined ? own : [...own, ...inner],
      below: inner.length,
      open: isOpen,
    });
    if (isOpen) stack.push(...children.map((child) => ({ item: child, depth: depth + 1 })).reverse());
  }
  return visible;
}

/** What lies directly below each row, and below nothing. A group of one that is no node itself is not worth a row. */
function childrenOf(
  rows: readonly GridRow[],
  place: ReadonlyMap<string, number>,
): ReadonlyMap<string | null, readonly Item[]> {
  const sizes = new Map<string, number>();
  for (const { group } of rows) if (group !== null) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const below = new Map<string | null, Item[]>();
  const put = (above: string | null, item: Item) => {
    const list = below.get(above);
    if (list) list.push(item);
    else below.set(above, [item]);
  };
  const made = new Set<string>();
  rows.forEach((row, i) => {
    const { group } = row;
    const isNode = group !== null && place.has(group);
    const above = group === null || group === row.key || (!isNode && sizes.get(group) === 1) ? null : group;
    if (above !== null && !isNode && !made.has(above)) {
      made.add(above);
      put(null, { key: above, own: undefined });
    }
    put(above, { key: row.key, own: i });
  });
  return unlooped(rows, below);
}

/** Rows that are below each other in a circle would be reached from nowhere: these stand below nothing. */
function unlooped(
  rows: readonly GridRow[],
  below: Map<string | null, Item[]>,
): ReadonlyMap<string | null, readonly Item[]> {
  const reached = new Set<string>();
  const todo = [...(below.get(null) ?? [])];
  for (let item = todo.pop(); item; item = todo.pop()) {
    if (reached.has(item.key)) continue;
    reached.add(item.key);
    todo.push(...(below.get(item.key) ?? []));
  }
  const lost = rows.flatMap((row, own) => (reached.has(row.key) ? [] : [{ key: row.key, own }]));
  return lost.length === 0 ? below : below.set(null, [...(below.get(null) ?? []), ...lost]);
}

/** All nodes below a key, reckoned once. */
function leavesOf(below: ReadonlyMap<string | null, readonly Item[]>): (key: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const found: number[] = [];
    const met = new Set([key]);
    const todo = [...(below.get(key) ?? [])].reverse();
    for (let item = todo.pop(); item; item = todo.pop()) {
      if (met.has(item.key)) continue;
      met.add(item.key);
      if (item.own !== undefined) found.push(item.own);
      todo.push(...[...(below.get(item.key) ?? [])].reverse());
    }
    known.set(key, found);
    return found;
  };
}
