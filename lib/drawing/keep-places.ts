import {
  type Coordinates,
  type GraphShape,
  NODE_HEIGHT,
  NODE_WIDTH,
  type Point,
  ROW_GAP,
} from "./graph-shape.ts";

/** With fewer nodes in common than this share, what is there is another picture. */
const IN_COMMON = 0.5;
/** To look for room beside thousands of nodes would take longer than to arrange them anew. */
const MOST = 2_000;
const ROW = NODE_HEIGHT + ROW_GAP / 2;

/**
 * The places of a graph that has changed while one looks at it: what was there stays where it was, what is new comes beside
 * what it would stand beside. Undefined where little of the old picture is left: then the new layout is the better one.
 */
export function keepPlaces(
  before: ReadonlyMap<string, Point>,
  { nodes, edges }: GraphShape,
  laidOut: Coordinates,
): Coordinates | undefined {
  const kept = nodes.flatMap(({ id }, i) => (before.has(id) ? [i] : []));
  if (nodes.length > MOST || kept.length < nodes.length * IN_COMMON) return undefined;
  const places: Coordinates = Float64Array.from(laidOut);
  const put = (i: number, { x, y }: Point) => {
    places[2 * i] = x;
    places[2 * i + 1] = y;
  };
  const laid = (i: number): Point => ({ x: laidOut[2 * i] ?? 0, y: laidOut[2 * i + 1] ?? 0 });
  const taken: Point[] = [];
  for (const i of kept) {
    const place = before.get(nodes[i]?.id ?? "") ?? laid(i);
    put(i, place);
    taken.push(place);
  }
  const joined = neighbours(nodes, edges);
  nodes.forEach(({ id }, i) => {
    if (before.has(id)) return;
    const near = nearest(i, kept, joined.get(i), laid);
    const from = before.get(nodes[near]?.id ?? "") ?? laid(near);
    const place = firstFree(
      { x: from.x + laid(i).x - laid(near).x, y: from.y + laid(i).y - laid(near).y },
      taken,
    );
    put(i, place);
    taken.push(place);
  });
  return places;
}

function neighbours(nodes: GraphShape["nodes"], edges: GraphShape["edges"]): Map<number, Set<number>> {
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const found = new Map<number, Set<number>>();
  const add = (a: number, b: number) => {
    const those = found.get(a) ?? new Set();
    found.set(a, those.add(b));
  };
  for (const { from, to } of edges) {
    const [a, b] = [index.get(from), index.get(to)];
    if (a === undefined || b === undefined) continue;
    add(a, b);
    add(b, a);
  }
  return found;
}

/** Of what stays, the node that another would stand nearest to; a neighbour before all others. */
function nearest(
  i: number,
  kept: readonly number[],
  joined: ReadonlySet<number> | undefined,
  laid: (i: number) => Point,
): number {
  const own = kept.filter((k) => joined?.has(k));
  const here = laid(i);
  const distance = (k: number) => Math.hypot(laid(k).x - here.x, laid(k).y - here.y);
  return (own.length > 0 ? own : kept).reduce((best, k) => (distance(k) < distance(best) ? k : best));
}

/** The place itself, or the nearest below or above it that nothing stands on. */
function firstFree({ x, y }: Point, taken: readonly Point[]): Point {
  for (let step = 0; step <= 2 * taken.length; step += 1) {
    const rows = step % 2 === 1 ? (step + 1) / 2 : -step / 2;
    const place = { x, y: y + rows * ROW };
    if (!taken.some((other) => overlap(place, other))) return place;
  }
  return { x, y };
}

function overlap(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) < NODE_WIDTH + ROW_GAP / 2 && Math.abs(a.y - b.y) < ROW - 1;
}
