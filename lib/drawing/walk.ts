import { NODE_HEIGHT, NODE_WIDTH, type Point, type ShapeEdge } from "./graph-shape.ts";

export type Direction = "left" | "right" | "up" | "down";

/**
 * Where an arrow key leads: left and right along the edges (the neighbour nearest in height), up and down to the
 * nearest node of about the same column. What is not there is passed over. Undefined where there is none.
 */
export function walk(
  from: string,
  direction: Direction,
  at: ReadonlyMap<string, Point>,
  edges: readonly ShapeEdge[],
  isThere: (id: string) => boolean = () => true,
): string | undefined {
  const here = at.get(from);
  if (!here) return undefined;
  if (direction === "left" || direction === "right") {
    const ids = edges.flatMap((edge) => {
      if (direction === "right" && edge.from === from) return [edge.to];
      return direction === "left" && edge.to === from ? [edge.from] : [];
    });
    return nearest(ids.filter(isThere), at, (p) => Math.abs(p.y - here.y) + Math.abs(p.x - here.x) / 100);
  }
  const sign = direction === "down" ? 1 : -1;
  const ids = [...at.keys()].filter((id) => {
    const p = at.get(id);
    if (id === from || !p) return false;
    return Math.abs(p.x - here.x) < NODE_WIDTH && (p.y - here.y) * sign > NODE_HEIGHT / 2;
  });
  return nearest(ids.filter(isThere), at, (p) => Math.abs(p.y - here.y) + Math.abs(p.x - here.x));
}

function nearest(
  ids: readonly string[],
  at: ReadonlyMap<string, Point>,
  distance: (point: Point) => number,
): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const id of ids) {
    const point = at.get(id);
    const d = point ? distance(point) : Number.POSITIVE_INFINITY;
    if (d < least) {
      least = d;
      best = id;
    }
  }
  return best;
}
