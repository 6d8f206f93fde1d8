import { COLUMN_GAP, type GraphShape, indexShape, NODE_HEIGHT, NODE_WIDTH, ROW_GAP } from "./graph-shape.ts";

/** Graphviz measures in inches of 72 points; a point is one pixel of ours. */
export const POINTS_PER_INCH = 72;

/** From here on Graphviz is told to stop polishing: it would take minutes for what no eye can see. */
const HASTE_FROM = 2_000;

/** A shape as Graphviz reads it. Nodes are called by their number, so that no name needs quoting. */
export function toDotText(shape: GraphShape): string {
  const { size, parent, from, to } = indexShape(shape);
  const inches = (points: number) => (points / POINTS_PER_INCH).toFixed(4);
  const lines = [
    "digraph g {",
    `graph [rankdir=LR, splines=false, nodesep=${inches(ROW_GAP)}, ranksep=${inches(COLUMN_GAP)}${size >= HASTE_FROM ? ", nslimit=1, nslimit1=1, mclimit=0.3, searchsize=10" : ""}]`,
    `node [shape=box, fixedsize=true, label="", width=${inches(NODE_WIDTH)}, height=${inches(NODE_HEIGHT)}]`,
  ];
  const children = new Map<number, number[]>();
  parent.forEach((p, child) => {
    const list = children.get(p);
    if (list) list.push(child);
    else children.set(p, [child]);
  });
  writeLevel(children, lines);
  for (let e = 0; e < from.length; e += 1) lines.push(`${from[e]}->${to[e]}`);
  const fed = new Set(to.filter((node, e) => parent[node] === parent[from[e] ?? 0]));
  parent.forEach((p, child) => {
    // A box's head stands left of what begins in it.
    if (p >= 0 && !fed.has(child)) lines.push(`${p}->${child} [style=invis]`);
  });
  lines.push("}");
  return lines.join("\n");
}

/** Boxes in boxes, without recursion: the depth is whatever a producer sends. */
function writeLevel(children: ReadonlyMap<number, readonly number[]>, lines: string[]): void {
  const stack: (number | "}")[] = [...(children.get(-1) ?? [])].reverse();
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (item === "}") {
      lines.push("}");
      continue;
    }
    const inside = children.get(item);
    if (!inside) {
      lines.push(String(item));
      continue;
    }
    lines.push(`subgraph cluster_${item} { graph [margin=14]`, String(item));
    stack.push("}", ...[...inside].reverse());
  }
}
