/** Lays graphs out with Graphviz, away from the page: ten thousand nodes take seconds. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { toDotText } from "@/lib/drawing/dot-text";
import type { Coordinates, GraphShape } from "@/lib/drawing/graph-shape";
import { readPlainOutput } from "@/lib/drawing/plain-output";

export interface LayoutRequest {
  readonly id: number;
  readonly shape: GraphShape;
}

export interface LayoutAnswer {
  readonly id: number;
  /** Null where Graphviz gave up. */
  readonly coordinates: Coordinates | null;
}

const loading = Graphviz.load();

self.onmessage = async ({ data }: MessageEvent<LayoutRequest>) => {
  const { id, shape } = data;
  const answer: LayoutAnswer = { id, coordinates: await layOut(shape) };
  self.postMessage(answer);
};

async function layOut(shape: GraphShape): Promise<Coordinates | null> {
  try {
    const text = (await loading).layout(toDotText(shape), "plain", "dot");
    return readPlainOutput(text, shape.nodes.length);
  } catch {
    // The page then draws its own columns; the reason is of no use to who reads a graph.
    return null;
  }
}
