import { byCodeUnit } from "../base/compare.ts";
import { type GraphShape, shapeHash } from "./graph-shape.ts";

/** Raised whenever layouts come out differently: those of before are then asked for by nobody. */
export const LAYOUT_EDITION = 1;

/**
 * What a layout is called where it is kept for everyone: by the shape's hash. The order of its nodes counts, since
 * places come in that order; the order in which edges became known does not.
 */
export function layoutName({ nodes, edges }: GraphShape): string {
  const sorted = [...edges].sort((a, b) => byCodeUnit(a.from, b.from) || byCodeUnit(a.to, b.to));
  return `${LAYOUT_EDITION}-${shapeHash({ nodes, edges: sorted })}`;
}

/** Whether a text looks like such a name: anything may stand in an address. */
export function isLayoutName(text: string): boolean {
  return /^\d{1,9}-\d{1,9}-\d{1,9}-[0-9a-z]{1,14}$/.test(text);
}
