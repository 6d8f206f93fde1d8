import { type GraphShape, NODE_HEIGHT, NODE_WIDTH, type Point, type Rect } from "./graph-shape.ts";

export interface GroupBox extends Rect {
  /** The node whose children it holds, and who is the box's head. */
  readonly id: string;
  readonly depth: number;
}

const PADDING = 12;

/** A box around each node that has children, and around all of them; outermost first. */
export function groupBoxes(shape: GraphShape, at: ReadonlyMap<string, Point>): GroupBox[] {
  const parents = new Map(shape.nodes.map((node) => [node.id, node.parent]));
  const boxes = new Map<
    string,
    { left: number; top: number; right: number; bottom: number; inner: number }
  >();
  const grow = (id: string, point: Point, inner: number) => {
    const pad = PADDING * inner;
    const box = boxes.get(id) ?? {
      left: Number.POSITIVE_INFINITY,
      top: Number.POSITIVE_INFINITY,
      right: Number.NEGATIVE_INFINITY,
      bottom: Number.NEGATIVE_INFINITY,
      inner: 0,
    };
    boxes.set(id, {
      left: Math.min(box.left, point.x - pad),
      top: Math.min(box.top, point.y - pad),
      right: Math.max(box.right, point.x + NODE_WIDTH + pad),
      bottom: Math.max(box.bottom, point.y + NODE_HEIGHT + pad),
      inner: Math.max(box.inner, inner),
    });
  };
  for (const node of shape.nodes) {
    const point = at.get(node.id);
    if (!point) continue;
    const seen = new Set([node.id]);
    let inner = 1;
    for (let p = node.parent; p !== null && !seen.has(p); p = parents.get(p) ?? null) {
      seen.add(p);
      const head = at.get(p);
      if (!head) break;
      grow(p, head, inner);
      grow(p, point, inner);
      inner += 1;
    }
  }
  return [...boxes]
    .map(([id, b]) => ({
      id,
      depth: b.inner,
      x: b.left,
      y: b.top,
      width: b.right - b.left,
      height: b.bottom - b.top,
    }))
    .sort((a, b) => b.depth - a.depth);
}
