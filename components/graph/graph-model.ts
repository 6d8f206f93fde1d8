import { isSettled, nodeState } from "@/components/graph/node-look";
import { lines } from "@/lib/base/wide-edges";
import type { NodeResource, RunResource } from "@/lib/contract/runs";
import type { Bundle, FocusNode, FoldKind } from "@/lib/drawing/focus";
import { focusOn } from "@/lib/drawing/focus";
import { type GraphShape, shapeHash } from "@/lib/drawing/graph-shape";
import { heldBy } from "@/lib/drawing/held-by";

export type EdgeKind = "plain" | "held" | "warm" | "hot";

/** What is drawn, before it has places. */
export interface GraphModel {
  readonly shape: GraphShape;
  /** Layouts are kept by it. */
  readonly shapeKey: string;
  readonly nodes: ReadonlyMap<string, NodeResource>;
  readonly bundles: ReadonlyMap<string, Bundle>;
  /** For what waits: the blocker that it waits for. */
  readonly holders: ReadonlyMap<string, string>;
  /** What holds the run, most held first. */
  readonly blockers: readonly string[];
}

type Graph = Pick<RunResource, "nodes" | "edges" | "wideEdges" | "shape" | "diagnosis">;

const knownHolders = new WeakMap<object, ReadonlyMap<string, string>>();

/** For what waits in a run: the blocker that it waits for. Found once for each answer: all edges are looked at. */
export function holdersOf(run: Omit<Graph, "shape">): ReadonlyMap<string, string> {
  const known = knownHolders.get(run);
  if (known) return known;
  const holders = findHolders(run);
  knownHolders.set(run, holders);
  return holders;
}

function findHolders(run: Omit<Graph, "shape">): Map<string, string> {
  const open = new Set(run.nodes.filter((n) => !isSettled(n.status)).map((n) => n.key));
  return heldBy(
    run.diagnosis.blockers.map((b) => b.nodeKey),
    run,
    (key) => open.has(key),
  );
}

/** All nodes of a run, each where it stands in `present`, which has all of them: so that none moves through time. */
export function wholeGraph(run: Graph, present: Graph): GraphModel {
  const places = standsIn(run, present) ? present : run;
  return {
    shape: {
      nodes: inReadingOrder(places),
      edges: lines(places),
    },
    shapeKey: `whole ${places.shape}`,
    nodes: new Map(run.nodes.map((node) => [node.key, node])),
    bundles: new Map(),
    holders: holdersOf(run),
    blockers: run.diagnosis.blockers.map((b) => b.nodeKey),
  };
}

/** Whether all nodes of a run are among those of another. What turned out to be no node is nowhere. */
function standsIn(run: Graph, other: Graph): boolean {
  if (run.shape === other.shape) return true;
  const keys = new Set(other.nodes.map((node) => node.key));
  return run.nodes.every((node) => keys.has(node.key));
}

/** Whether a node or bundle of the layout is there at the instant that is shown. */
export function isThere(model: GraphModel, id: string): boolean {
  return model.nodes.has(id) || model.bundles.has(id);
}

const reading = new Intl.Collator("en", { numeric: true });
let lastOrder: { readonly shape: string; readonly nodes: GraphShape["nodes"] } | undefined;

/** `score_2` before `score_10`: what stands in a block can then be found. Sorted once per shape. */
function inReadingOrder({ shape, nodes }: Graph): GraphShape["nodes"] {
  if (lastOrder?.shape === shape && lastOrder.nodes.length === nodes.length) return lastOrder.nodes;
  const sorted = nodes
    .map(({ key, parentKey }) => ({ id: key, parent: parentKey }))
    .sort((a, b) => reading.compare(a.id, b.id));
  lastOrder = { shape, nodes: sorted };
  return sorted;
}

export function focusedGraph(
  run: Graph,
  selected: string | undefined,
  opened: ReadonlySet<string>,
): GraphModel {
  const blockers = run.diagnosis.blockers.map((b) => b.nodeKey);
  const centres = selected === undefined || blockers.includes(selected) ? blockers : [selected, ...blockers];
  const { shape, bundles } = focusOn(run.nodes.map(toFocusNode), lines(run), { centres, opened });
  return {
    shape,
    shapeKey: `focus ${shapeHash(shape)}`,
    nodes: new Map(run.nodes.map((node) => [node.key, node])),
    bundles: new Map(bundles.map((bundle) => [bundle.id, bundle])),
    holders: holdersOf(run),
    blockers,
  };
}

function toFocusNode(node: NodeResource): FocusNode {
  return {
    id: node.key,
    parent: node.parentKey,
    kind: foldKind(node),
    active: node.status === "running",
  };
}

function foldKind({ status }: NodeResource): FoldKind {
  if (status === "failed" || status === "aborted") return "failed";
  return isSettled(status) ? "done" : "open";
}

/** What a stuck node holds is red, a suspect one’s its own colour, what else is held dashed, the rest a hairline. */
export function edgeKind(model: GraphModel, from: string, to: string): EdgeKind {
  const target = model.nodes.get(to);
  const bundle = model.bundles.get(to);
  const waits = target ? model.holders.has(to) : (bundle?.members.some((m) => model.holders.has(m)) ?? false);
  if (!waits) return "plain";
  const source = model.nodes.get(from);
  const state = source?.blocker ? nodeState(source) : undefined;
  if (state === "stuck" || state === "failed") return "hot";
  if (state === "suspect") return "warm";
  const open = source ? !isSettled(source.status) : model.bundles.get(from)?.kind === "open";
  return open ? "held" : "plain";
}
