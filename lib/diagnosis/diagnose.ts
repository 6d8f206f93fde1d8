import type { Instant } from "../base/instant.ts";
import type { NodeView, RunView } from "../projections/run-view.ts";
import { blockersOf } from "./blockers.ts";
import type { Rule } from "./define-rule.ts";
import { conflictOf } from "./end-conflict.ts";
import { factReader } from "./facts.ts";
import { headlineOf } from "./headline.ts";
import { type Judgement, judgeNode } from "./judge-node.ts";
import { defaultPolicy, type Policy } from "./policy.ts";
import { recordFacts } from "./record-facts.ts";
import { rules as allRules } from "./rules/index.ts";
import { isDark } from "./source-facts.ts";
import { withThresholds } from "./used-thresholds.ts";
import type { Blocker, Context, Diagnosis, RunState, Verdict } from "./verdict.ts";
import { waitOfNode } from "./wait-facts.ts";
import { type World, worldOf } from "./world.ts";

/**
 * Why a run has not finished, as of `now`. Pure: the same run, context and instant give the same answer.
 * `defaults` are the thresholds that hold where the context has no override.
 *
 * Every open node that has an attempt is judged, and every node of the frontier; of those that only wait for others
 * the nearest to the blockers, up to the policy's limit (`diagnoseNode` judges any one of them).
 */
export function diagnose(
  run: RunView,
  context: Context,
  now: Instant,
  defaults: Policy = defaultPolicy,
  rules: readonly Rule[] = allRules,
): Diagnosis {
  const world = worldOf(run, context, now, defaults);
  const factsOf = factReader(world);
  const finished = run.endedAt !== undefined;
  const settledRules = rules.filter((r) => r.settled);
  const leading = new Map<string, Verdict>();
  const verdicts: Verdict[] = [];
  const broken: Diagnosis["broken"][number][] = [];
  let nextChangeAt = Number.POSITIVE_INFINITY;

  const judge = (node: NodeView, asked: readonly Rule[]): void => {
    if (asked.length === 0) return;
    const judged = judgeNode(node, factsOf(node), asked, now, world.policyOf(node).values);
    take(node, judged);
    // What is above others is asked for by each of them.
    if (node.children.length === 0) factsOf.forget(node);
  };
  const take = (node: NodeView, judged: Judgement): void => {
    if (judged.leading) {
      leading.set(node.key, judged.leading);
      verdicts.push(judged.leading);
    }
    verdicts.push(...judged.notes);
    broken.push(...judged.broken);
    for (const at of judged.changesAt) nextChangeAt = Math.min(nextChangeAt, at);
  };

  for (const node of judgedNodes(world, finished)) {
    judge(node, rules);
    const settledAt = node.current && world.clockOf(node.current).settledAt;
    if (settledAt !== undefined && settledAt > now) nextChangeAt = Math.min(nextChangeAt, settledAt);
  }
  for (const node of settledNodes(world, finished)) judge(node, settledRules);

  const changesAt = (at: number): void => {
    if (at > now) nextChangeAt = Math.min(nextChangeAt, at);
  };
  const blockers = finished ? [] : blockersOf(world, leading, factsOf, changesAt);
  const state = finished ? "finished" : stateOf(world, blockers);
  const lead = blockers[0]?.verdict;
  const complete = withThresholds(world, rules);
  const ordered = inOrder(verdicts, blockers);
  const { listed } = world.policy;
  return {
    runId: run.id,
    at: now,
    asOf: asOf(run),
    state,
    headline: headlineOf(world, state, blockers),
    since:
      state === "finished" || state === "progressing" ? null : (lead?.since ?? waitSince(world, blockers)),
    blockers: blockers.slice(0, listed).map((b) => ({ ...b, verdict: b.verdict && complete(b.verdict) })),
    verdicts: ordered.slice(0, listed).map(complete),
    unlisted: ordered
      .slice(listed)
      .map(({ rule, nodeKey, attempt }) => ({ rule, nodeKey, attemptId: attempt?.id ?? "" })),
    sources: sourcesOf(world),
    waitsFor: waitsFor(run, blockers),
    broken,
    nextChangeAt: !finished && Number.isFinite(nextChangeAt) ? (nextChangeAt as Instant) : null,
  };
}

/** The runs that what holds this one waits for. */
function waitsFor(run: RunView, blockers: readonly Blocker[]): string[] {
  const evidence = blockers.flatMap((b) => b.verdict?.evidence ?? []);
  const ids = evidence.flatMap(({ runId }) => (runId === undefined || runId === run.id ? [] : [runId]));
  return [...new Set(ids)].sort();
}

/** All verdicts on one node, whether or not the diagnosis of the whole run lists it. */
export function diagnoseNode(
  run: RunView,
  context: Context,
  now: Instant,
  nodeKey: string,
  defaults: Policy = defaultPolicy,
): readonly Verdict[] {
  const node = run.nodes.get(nodeKey) ?? (run.root.key === nodeKey ? run.root : undefined);
  if (!node) return [];
  const asked = run.endedAt === undefined ? allRules : allRules.filter((r) => r.settled);
  const world = worldOf(run, context, now, defaults);
  const { leading, notes } = judgeNode(
    node,
    factReader(world)(node),
    asked,
    now,
    world.policyOf(node).values,
  );
  return (leading ? [leading, ...notes] : notes).map(withThresholds(world, asked));
}

function isOpenNow({ graph }: World, i: number): boolean {
  return graph.counts[i] === "open" || graph.counts[i] === "retrying";
}

function judgedNodes(world: World, finished: boolean): NodeView[] {
  if (finished) return [];
  const { run, graph, frontier, policy } = world;
  const asked: NodeView[] = run.nodes.get(run.root.key) === run.root ? [] : [run.root];
  let [waits, free] = [0, 0];
  for (const i of graph.order) {
    const node = graph.nodes[i];
    if (!node || !isOpenNow(world, i)) continue;
    // In order from upstream to downstream, so the first that wait are those nearest to what holds them.
    if (!node.current && (frontier.members.has(i) ? ++free : ++waits) > policy.judgedPlanned) continue;
    asked.push(node);
  }
  return asked;
}

/** Nodes that have ended and of which something may be noted. */
function settledNodes(world: World, finished: boolean): NodeView[] {
  const { graph, run } = world;
  const settled = graph.nodes.filter(
    (node, i) => (finished || !isOpenNow(world, i)) && hasMoreToTell(world, node),
  );
  // An open root is judged with all that is open.
  const asksRoot = finished && run.nodes.get(run.root.key) !== run.root;
  return asksRoot ? [run.root, ...settled] : settled;
}

/** Whether anything can be noted of a node that has ended: of most nothing can, and a run may have thirty thousand. */
function hasMoreToTell(world: World, node: NodeView): boolean {
  const { current } = node;
  if (!current) return false;
  const policy = world.policyOf(node).values;
  if (current.state.cache || !current.state.started || world.speaksForSource(node)) return true;
  if (node.status === "failed" && current.state.columns) return true;
  if (conflictOf(current, policy)) return true;
  const { missing, endless } = recordFacts(node, world.records(), policy);
  return missing.length + endless.length > 0;
}

/** Alive, and on time: these say why it runs, not that it takes long. */
const ON_TIME: ReadonlySet<string> = new Set(["invalidated-upstream"]);

function stateOf(world: World, blockers: readonly Blocker[]): RunState {
  const verdicts = blockers.map((b) => b.verdict);
  const stuck = verdicts.filter((v) => v?.ruleClass === "stuck");
  if (stuck.some((v) => v?.certainty !== "possible")) return "stuck";
  if (stuck.length > 0) return "suspect";
  if (verdicts.some((v) => v?.ruleClass === "unknown")) return "unknown";
  const waits = ({ nodeKey, verdict }: Blocker): boolean =>
    verdict === null ? waitOfNode(world, nodeKey) !== undefined : verdict.ruleClass === "waiting";
  if (blockers.length > 0 && blockers.every(waits)) return "waiting";
  // What nothing known of earlier attempts shows to be late is not called slow.
  const slow = verdicts.some(
    (v) => v?.ruleClass === "alive" && v.certainty !== "possible" && !ON_TIME.has(v.rule),
  );
  return slow ? "slow" : "progressing";
}

/** Since when what leads waits, where no rule had a word to say on that. */
function waitSince(world: World, [lead]: readonly Blocker[]): Instant | null {
  return (lead && waitOfNode(world, lead.nodeKey)?.since) ?? null;
}

/** What the blockers have first, then the rest by node. */
function inOrder(verdicts: readonly Verdict[], blockers: readonly Blocker[]): Verdict[] {
  const place = new Map<Verdict, number>();
  blockers.forEach((b, i) => {
    if (b.verdict) place.set(b.verdict, i);
  });
  const last = blockers.length;
  return [...verdicts].sort(
    (a, b) =>
      (place.get(a) ?? last) - (place.get(b) ?? last) ||
      CLASSES.indexOf(a.ruleClass) - CLASSES.indexOf(b.ruleClass) ||
      (a.nodeKey === b.nodeKey ? 0 : a.nodeKey < b.nodeKey ? -1 : 1),
  );
}

const CLASSES: readonly Verdict["ruleClass"][] = ["stuck", "unknown", "waiting", "alive", "note"];

function asOf(run: RunView): Instant | null {
  let last = Number.NEGATIVE_INFINITY;
  const hear = (node: NodeView): void => {
    for (const { state, life } of node.attempts) {
      last = Math.max(last, state.lastReceivedAt ?? -Infinity, life.lastReceivedAt ?? -Infinity);
    }
  };
  hear(run.root);
  for (const node of run.nodes.values()) hear(node);
  return Number.isFinite(last) ? (last as Instant) : null;
}

function sourcesOf({ context, run, now, policy, clockOf }: World): Diagnosis["sources"] {
  const imported = run.root.current !== undefined && clockOf(run.root.current).imported;
  return [...context.sources.values()]
    .map((source) => ({
      name: source.name,
      lastReceivedAt: source.lastReceivedAt,
      dark: !imported && isDark(source, now, policy),
      skewSeconds: Math.round(source.skewMs / 1000),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
