import type { NodeView } from "../projections/run-view.ts";
import type { Facts } from "./facts.ts";
import { isOpen } from "./run-graph.ts";
import type { Blocker, Verdict } from "./verdict.ts";
import type { World } from "./world.ts";

/**
 * Who holds the run: the frontier, with the verdicts on it. A parent that is dead joins it where nothing below it
 * lives or has a verdict of its own, and then stands for the steps below it that it should have started.
 */
export function blockersOf(
  world: World,
  leading: ReadonlyMap<string, Verdict>,
  factsOf: (node: NodeView) => Facts,
  changesAt: (at: number) => void,
): Blocker[] {
  const { run, graph, frontier } = world;
  const root = run.root;
  const lone = run.nodes.get(root.key) === root;
  const dead = deadParents(world, leading, factsOf);
  const blockers: (Blocker & { readonly impossible: boolean })[] = [];
  for (const i of frontier.nodes) {
    const node = graph.nodes[i];
    if (!node) continue;
    const verdict = leading.get(node.key) ?? null;
    if (verdict === null && isBelow(world, i, dead)) continue;
    const impossible = graph.trigger[i] === "impossible" && frontier.started[i] === 0;
    blockers.push({ nodeKey: node.key, holds: lone ? 0 : world.held([i]), verdict, impossible });
  }
  for (const node of dead) {
    const i = graph.indexOf.get(node.key);
    // A group that waits is on the frontier by itself.
    if (i !== undefined && node !== root && frontier.members.has(i)) continue;
    const holds = node === root ? openCount(world) : i === undefined ? 0 : world.held([i]);
    blockers.push({ nodeKey: node.key, holds, verdict: leading.get(node.key) ?? null, impossible: false });
  }
  if (blockers.length === 0) {
    // Nothing is left but its own end, or it has not begun and all waits with it.
    const holds = lone ? 0 : openCount(world);
    blockers.push({ nodeKey: root.key, holds, verdict: leading.get(root.key) ?? null, impossible: false });
  }
  // What waits for a success that cannot come holds nothing up while others still work; nor does what others passed.
  const passed = new Set(blockers.filter((b) => isPassed(world, b, factsOf)));
  const isIdle = (b: (typeof blockers)[number]): boolean =>
    (b.impossible && b.verdict === null) || passed.has(b);
  const some = blockers.some((b) => !isIdle(b));
  const endDue = endDueAt(world);
  if (!some && passed.size > 0 && world.now < endDue) {
    changesAt(endDue);
    return [{ nodeKey: root.key, holds: 0, verdict: leading.get(root.key) ?? null }];
  }
  return blockers
    .filter((b) => !some || !isIdle(b))
    .map(({ nodeKey, holds, verdict }) => ({ nodeKey, holds, verdict }))
    .sort(
      (a, b) =>
        weight(b.verdict) - weight(a.verdict) || b.holds - a.holds || (a.nodeKey < b.nodeKey ? -1 : 1),
    );
}

/** Rules that say of a step what others may have passed. */
const PASSED: ReadonlySet<string> = new Set(["lost-completion", "silent-heartbeat"]);

/** Whether only the message of its end was lost: what waits for it was started, or has read what it wrote. */
function isPassed(
  { run }: World,
  { nodeKey, verdict }: Pick<Blocker, "nodeKey" | "verdict">,
  factsOf: (node: NodeView) => Facts,
): boolean {
  const node = run.nodes.get(nodeKey);
  if (!node || !PASSED.has(verdict?.rule ?? "")) return false;
  const { downstream, outputs } = factsOf(node);
  if (downstream.startedSince !== undefined) return true;
  const unseen = outputs.missing.map((o) => o.key);
  return verdict?.rule === "lost-completion" && downstream.readSince(unseen) !== undefined;
}

/** From when on the run's own end may be missed: a while after the last of its nodes ended, as for unclosed-parent. */
function endDueAt({ run, graph, policyOf }: World): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const at of graph.settledAt) if (at > last) last = at;
  return last + policyOf(run.root).values.parentGraceMs;
}

/** How much a blocker's verdict matters: what is stuck and sure first. */
export function weight(verdict: Verdict | null): number {
  if (verdict === null) return 0;
  if (verdict.ruleClass === "stuck") return { proven: 7, likely: 6, possible: 5 }[verdict.certainty];
  return { unknown: 4, waiting: 2, alive: 3, note: 1 }[verdict.ruleClass];
}

function openCount({ graph }: World): number {
  return graph.nodes.filter((_, i) => isOpen(graph.counts[i])).length;
}

/** Rules that say of a parent that it will start nothing more. */
const OVER: ReadonlySet<string> = new Set([
  "silent-heartbeat",
  "lost-node",
  "killed-process",
  "job-outlived",
  "ignored-cancel",
]);

/** Parents that will start nothing more, below which nothing lives and nothing is judged on its own. */
function deadParents(
  world: World,
  leading: ReadonlyMap<string, Verdict>,
  factsOf: (node: NodeView) => Facts,
): NodeView[] {
  const { run, graph, frontier } = world;
  const candidates = new Map<NodeView, boolean>();
  const consider = (node: NodeView | undefined): void => {
    if (node && OVER.has(leading.get(node.key)?.rule ?? "")) candidates.set(node, true);
  };
  if (run.nodes.get(run.root.key) !== run.root) consider(run.root);
  for (let i = 0; i < graph.nodes.length; i++) if (frontier.openBelow[i] === 1) consider(graph.nodes[i]);
  if (candidates.size === 0) return [];
  for (const i of frontier.nodes) {
    const leaf = graph.nodes[i];
    if (!leaf?.current) continue;
    const own = leading.get(leaf.key);
    // What others passed holds nothing, and so it is not what holds in its parent's place.
    if (own && isPassed(world, { nodeKey: leaf.key, verdict: own }, factsOf)) continue;
    for (const parent of [...ancestorsOf(world, i), run.root]) {
      if (!candidates.get(parent)) continue;
      const above = leading.get(parent.key);
      if (standsFor(own, above) || livesAfter(leaf, parent, factsOf)) candidates.set(parent, false);
    }
  }
  const dead = [...candidates].flatMap(([node, stands]) => (stands ? [node] : []));
  // Of dead parents within each other the innermost is to blame.
  return dead.filter((node) => !dead.some((other) => other !== node && isWithin(world, other, node)));
}

/** Whether what is said of a leaf takes the place of what is said of its parent: not where it is the less sure of them. */
function standsFor(own: Verdict | undefined, above: Verdict | undefined): boolean {
  if (own?.ruleClass === "unknown") return true;
  return own?.ruleClass === "stuck" && (own.certainty !== "possible" || above?.certainty === "possible");
}

/** A leaf that beats, or has spoken since its parent last did. */
function livesAfter(leaf: NodeView, parent: NodeView, factsOf: (node: NodeView) => Facts): boolean {
  const { beat } = factsOf(leaf);
  if (beat.state !== "none") return beat.state !== "dead";
  return (beat.lastSignAt ?? 0) > (factsOf(parent).beat.lastSignAt ?? 0);
}

function ancestorsOf({ graph }: World, i: number): NodeView[] {
  const found: NodeView[] = [];
  for (let p = graph.parent[i] ?? -1; p >= 0; p = graph.parent[p] ?? -1) {
    const node = graph.nodes[p];
    if (node) found.push(node);
  }
  return found;
}

function isBelow(world: World, i: number, parents: readonly NodeView[]): boolean {
  if (parents.length === 0) return false;
  return parents.includes(world.run.root) || ancestorsOf(world, i).some((a) => parents.includes(a));
}

function isWithin(world: World, inner: NodeView, outer: NodeView): boolean {
  if (outer === world.run.root) return inner !== outer;
  const i = world.graph.indexOf.get(inner.key);
  return i !== undefined && ancestorsOf(world, i).includes(outer);
}
