/** What a layout needs to know of a graph, and what it answers. Numbers in, numbers out: no domain word here. */

export interface ShapeNode {
  readonly id: string;
  /** The node in whose box it is drawn. */
  readonly parent: string | null;
}

export interface ShapeEdge {
  readonly from: string;
  readonly to: string;
}

export interface GraphShape {
  readonly nodes: readonly ShapeNode[];
  readonly edges: readonly ShapeEdge[];
}

/** x and y of each node's upper left corner, in the order of the shape's nodes: x0, y0, x1, y1, … */
export type Coordinates = Float64Array;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

export const NODE_WIDTH = 190;
export const NODE_HEIGHT = 62;
/** Between columns, where the edges bend. */
export const COLUMN_GAP = 52;
/** Between the nodes of one column. */
export const ROW_GAP = 40;

/** A shape as a layout works on it: nodes by number, edges without doubles, loops and loose ends. */
export interface IndexedShape {
  readonly size: number;
  /** Number of the parent, -1 where there is none. */
  readonly parent: Int32Array;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export function indexShape(shape: GraphShape): IndexedShape {
  const index = new Map(shape.nodes.map((node, i) => [node.id, i]));
  const parent = Int32Array.from(shape.nodes, (node, i) => {
    const p = node.parent === null ? undefined : index.get(node.parent);
    return p === undefined || p === i ? -1 : p;
  });
  const from: number[] = [];
  const to: number[] = [];
  const seen = new Set<number>();
  for (const edge of shape.edges) {
    const a = index.get(edge.from);
    const b = index.get(edge.to);
    if (a === undefined || b === undefined || a === b) continue;
    const code = a * shape.nodes.length + b;
    if (seen.has(code)) continue;
    seen.add(code);
    from.push(a);
    to.push(b);
  }
  return { size: shape.nodes.length, parent, from, to };
}

/** Layouts are kept by this: the same text for the same nodes and edges, short enough for a key. */
export function shapeHash(shape: GraphShape): string {
  // Two 32-bit FNV-1a runs with different seeds: a layout drawn for another graph would be nonsense.
  let a = 0x811c9dc5;
  let b = 0x01000193;
  const add = (text: string) => {
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b);
    }
    a = Math.imul(a ^ 0xffff, 0x01000193);
    b = Math.imul(b ^ 0xffff, 0x85ebca6b);
  };
  for (const node of shape.nodes) {
    add(node.id);
    add(node.parent ?? "");
  }
  for (const edge of shape.edges) {
    add(edge.from);
    add(edge.to);
  }
  return `${shape.nodes.length}-${shape.edges.length}-${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
