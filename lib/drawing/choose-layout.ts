import { type GraphShape, indexShape } from "./graph-shape.ts";
import { tallestColumn } from "./layer-layout.ts";
import { layersOf } from "./layers.ts";

/** Nodes and edges: with more, Graphviz takes from some seconds to minutes, or gives up. */
const MOST_FOR_GRAPHVIZ = 6_000;

/**
 * Who lays out: "columns" at once where Graphviz would draw the same (a chain) or nothing of use (thousands of
 * nodes below one another), else "graphviz".
 */
export function chooseLayout(shape: GraphShape): "columns" | "graphviz" {
  const indexed = indexShape(shape);
  if (indexed.size + indexed.to.length > MOST_FOR_GRAPHVIZ) return "columns";
  const { layers } = layersOf(indexed);
  const widest = layers.reduce((most, layer) => Math.max(most, layer.length), 0);
  const boxed = indexed.parent.some((p) => p >= 0);
  if (widest <= 1 && !boxed) return "columns";
  return widest > tallestColumn(indexed.size) ? "columns" : "graphviz";
}
