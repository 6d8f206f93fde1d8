import { type EdgeKind, edgeKind, type GraphModel, isThere } from "@/components/graph/graph-model";
import { nodeState, nodeWords } from "@/components/graph/node-look";
import type { Layout } from "@/components/graph/use-layout";
import type { StateName } from "@/components/ui/state-shape";
import { NODE_HEIGHT, NODE_WIDTH, type Point } from "@/lib/drawing/graph-shape";

/** What a canvas needs per node and edge, made once per answer so that a frame only draws. */
export interface Picture {
  readonly nodes: readonly {
    readonly id: string;
    readonly at: Point;
    readonly label: string;
    readonly words: string;
    readonly state: StateName;
    readonly holds: number;
  }[];
  /** x1, y1, x2, y2 of each edge, by kind. */
  readonly edges: Readonly<Record<EdgeKind, Float32Array>>;
}

export function picture(model: GraphModel, layout: Layout): Picture {
  const lines: Record<EdgeKind, number[]> = { plain: [], held: [], warm: [], hot: [] };
  for (const { from, to } of layout.shape.edges) {
    if (isThere(model, from) && isThere(model, to))
      addLine(lines[edgeKind(model, from, to)], layout, from, to);
  }
  return {
    nodes: layout.shape.nodes.flatMap(({ id }) => {
      const at = layout.at.get(id);
      const step = model.nodes.get(id);
      if (!at || !step) return [];
      const holder = model.holders.get(id);
      const words = step.status === "running" && !step.verdict ? "running" : nodeWords(step, holder, 0);
      return [{ id, at, label: step.label, words, state: nodeState(step), holds: step.holds }];
    }),
    edges: {
      plain: Float32Array.from(lines.plain),
      held: Float32Array.from(lines.held),
      warm: Float32Array.from(lines.warm),
      hot: Float32Array.from(lines.hot),
    },
  };
}

/** The edges of one node. */
export function edgesOf(id: string | undefined, layout: Layout): Float32Array {
  const lines: number[] = [];
  for (const { from, to } of layout.shape.edges) {
    if (from === id || to === id) addLine(lines, layout, from, to);
  }
  return Float32Array.from(lines);
}

function addLine(lines: number[], layout: Layout, from: string, to: string): void {
  const a = layout.at.get(from);
  const b = layout.at.get(to);
  if (!a || !b) return;
  const middle = NODE_HEIGHT / 2;
  lines.push(a.x + NODE_WIDTH, a.y + middle, b.x, b.y + middle);
}
