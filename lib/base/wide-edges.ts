/** Many edges as few: what is drawn where each of many follows each of many. */
export interface Line {
  readonly from: string;
  readonly to: string;
}

export interface WideLine {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

interface Edges {
  readonly edges: readonly Line[];
  readonly wideEdges: readonly WideLine[];
}

/**
 * The edges as lines: of a wide edge those that lead to the first behind it, and those that come from the first before
 * it. All stand in the same columns as with all lines, and nobody could tell nine million apart.
 */
export function lines({ edges, wideEdges }: Edges): readonly Line[] {
  if (wideEdges.length === 0) return edges;
  const all = [...edges];
  for (const { from, to } of wideEdges) {
    const [first, next] = [from[0], to[0]];
    if (first === undefined || next === undefined) continue;
    for (const id of from) all.push({ from: id, to: next });
    for (const id of to.slice(1)) all.push({ from: first, to: id });
  }
  return all;
}

/**
 * How many edges there are between what is drawn, and how many lines stand for them. The same number where no wide edge
 * is among them.
 */
export function countLines(
  { edges, wideEdges }: Edges,
  isDrawn: (id: string) => boolean,
): { drawn: number; all: number } {
  const both = ({ from, to }: Line) => isDrawn(from) && isDrawn(to);
  const plain = edges.filter(both).length;
  let all = plain;
  for (const { from, to } of wideEdges) all += from.filter(isDrawn).length * to.filter(isDrawn).length;
  return { drawn: plain + lines({ edges: [], wideEdges }).filter(both).length, all };
}
