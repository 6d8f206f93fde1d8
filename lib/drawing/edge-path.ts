import { NODE_HEIGHT, NODE_WIDTH, type Point } from "./graph-shape.ts";

const MIN_BEND = 24;

/** SVG path data from the right side of one node to the left side of another. */
export function edgePath(from: Point, to: Point): string {
  const x1 = round(from.x + NODE_WIDTH);
  const y1 = round(from.y + NODE_HEIGHT / 2);
  const x2 = round(to.x);
  const y2 = round(to.y + NODE_HEIGHT / 2);
  const bend = round(Math.max(MIN_BEND, Math.min(80, Math.abs(x2 - x1) / 2)));
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
