import { POINTS_PER_INCH } from "./dot-text.ts";
import { type Coordinates, NODE_HEIGHT, NODE_WIDTH } from "./graph-shape.ts";

/**
 * Reads Graphviz's `plain` format: `node <number> <x> <y> …`, centres in inches, y upwards.
 * Throws where a node is missing: the caller then lays out by itself.
 */
export function readPlainOutput(text: string, size: number): Coordinates {
  const coordinates: Coordinates = new Float64Array(size * 2).fill(Number.NaN);
  let height = 0;
  for (const line of text.split("\n")) {
    const parts = line.split(" ");
    if (parts[0] === "graph") height = Number(parts[3]) * POINTS_PER_INCH;
    if (parts[0] === "edge" || parts[0] === "stop") break;
    if (parts[0] !== "node") continue;
    const node = Number(parts[1]);
    coordinates[node * 2] = Number(parts[2]) * POINTS_PER_INCH - NODE_WIDTH / 2;
    coordinates[node * 2 + 1] = height - Number(parts[3]) * POINTS_PER_INCH - NODE_HEIGHT / 2;
  }
  if (coordinates.some(Number.isNaN)) throw new Error("the layout does not place every node");
  return coordinates;
}
