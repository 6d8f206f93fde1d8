import type { IndexedShape } from "./graph-shape.ts";

export interface Layers {
  /** The column of each node. */
  readonly layerOf: Int32Array;
  readonly layers: readonly (readonly number[])[];
}

export interface Neighbours {
  readonly upstream: readonly (readonly number[])[];
  readonly downstream: readonly (readonly number[])[];
}

export function neighboursOf({ size, from, to }: Pick<IndexedShape, "size" | "from" | "to">): Neighbours {
  const upstream: number[][] = Array.from({ length: size }, () => []);
  const downstream: number[][] = Array.from({ length: size }, () => []);
  for (let e = 0; e < from.length; e += 1) {
    const a = from[e] ?? 0;
    const b = to[e] ?? 0;
    downstream[a]?.push(b);
    upstream[b]?.push(a);
  }
  return { upstream, downstream };
}

/**
 * All nodes, each behind what precedes it. A cycle is entered at its node of fewest open predecessors, and the
 * edges that lead back into it are then as if turned round.
 */
export function topologicalOrder({ upstream, downstream }: Neighbours): number[] {
  const size = upstream.length;
  const open = Int32Array.from(upstream, (list) => list.length);
  const done = new Uint8Array(size);
  const order: number[] = [];
  const ready: number[] = [];
  for (let i = 0; i < size; i += 1) if (open[i] === 0) ready.push(i);
  let next = 0;
  let cursor = 0;
  while (order.length < size) {
    if (next === ready.length) {
      // Only cycles are left; the first unplaced node is entered.
      while (done[cursor] === 1) cursor += 1;
      ready.push(cursor);
    }
    const node = ready[next] ?? 0;
    next += 1;
    if (done[node] === 1) continue;
    done[node] = 1;
    order.push(node);
    for (const child of downstream[node] ?? []) {
      const left = (open[child] ?? 0) - 1;
      open[child] = left;
      if (left === 0 && done[child] === 0) ready.push(child);
    }
  }
  return order;
}

/** Each node one column right of its rightmost predecessor; children of a box right of its head. */
export function layersOf(shape: IndexedShape): Layers {
  const from = [...shape.from];
  const to = [...shape.to];
  shape.parent.forEach((parent, child) => {
    if (parent < 0) return;
    from.push(parent);
    to.push(child);
  });
  const near = neighboursOf({ size: shape.size, from, to });
  const order = topologicalOrder(near);
  const place = new Int32Array(shape.size);
  order.forEach((node, i) => {
    place[node] = i;
  });
  const layerOf = new Int32Array(shape.size);
  for (const node of order) {
    let layer = 0;
    for (const before of near.upstream[node] ?? []) {
      // What stands behind it in the order is there by a cycle and does not push.
      if ((place[before] ?? 0) < (place[node] ?? 0)) layer = Math.max(layer, (layerOf[before] ?? 0) + 1);
    }
    layerOf[node] = layer;
  }
  const layers: number[][] = [];
  for (const node of order) {
    const layer = layerOf[node] ?? 0;
    while (layers.length <= layer) layers.push([]);
    layers[layer]?.push(node);
  }
  return { layerOf, layers };
}
