import { byCodeUnit } from "../base/compare.ts";
import type { Instant } from "../base/instant.ts";
import type { JobRef } from "../events/event.ts";
import { jobId } from "../events/job-id.ts";
import type { AttemptState, Outcome } from "./attempt-state.ts";
import { endOf, type StoredAttempt, viewAttempt } from "./attempt-view.ts";
import { datasetEdges } from "./dataset-edges.ts";
import { type End, type Joined, joinEdges } from "./join-edges.ts";
import { declaredEdges, type Plan, readPlans } from "./node-edges.ts";
import { jobNames, type Place, placeAttempts } from "./node-keys.ts";
import { numberLinks } from "./run-links.ts";
import {
  type AttemptView,
  isSettled,
  type NodeStatus,
  type NodeView,
  type RunLinks,
  type RunView,
  type WideEdge,
} from "./run-view.ts";
import { compareTries } from "./tries.ts";

/** What the end of an Airflow run says of a step that may never have sent an event. */
const SETTLED: Readonly<Record<string, NodeStatus>> = {
  success: "completed",
  failed: "failed",
  upstream_failed: "skipped",
  skipped: "skipped",
  removed: "skipped",
};

/**
 * Puts a run together from the attempts of its tree. The same set gives the same run, whatever the order.
 * `rootId` is the attempt that no other is the parent of; it must be among them.
 */
export function assembleRun(rootId: string, stored: readonly StoredAttempt[]): RunView {
  // In the order of their ids, so that nobody has to sort them again.
  const attempts = new Map(
    [...stored].sort((a, b) => byCodeUnit(a.state.id, b.state.id)).map((a) => [a.state.id, a]),
  );
  const root = attempts.get(rootId);
  if (!root) throw new Error(`the root ${rootId} is not among the run's attempts`);
  const jobs = jobNames(attempts);
  const places = placeAttempts(rootId, attempts, jobs);
  const plan = readPlans(rootId, attempts, places);
  const byNode = viewAll(attempts, places);
  const views = [...byNode.values()].flat();

  const shells = shellsOf(rootId, byNode, places, plan);
  const inOrder = [...shells.values()].sort((a, b) => byCodeUnit(a.key, b.key));
  const { edges, wideEdges } = edgesOf(attempts, places, plan, shells, inOrder, views);
  const links = numberLinks(inOrder, { edges, wideEdges });
  const nodes = linkNodes(inOrder, links, wideEdges, plan, settledSteps(root.state.steps));

  const pipeline = jobs.get(rootId) ?? { namespace: root.state.source ?? "unknown", name: rootId };
  const source =
    root.state.source ?? jobs.get(rootId)?.namespace ?? least(views.map((v) => v.state.source)) ?? "unknown";
  const rootView = views.find(({ id }) => id === rootId);
  if (!rootView) throw new Error("the root has no view");
  const rootNode: NodeView = {
    key: places.get(rootId)?.key ?? rootId,
    label: pipeline.name,
    planned: false,
    expectsEvents: true,
    trigger: "all-success",
    status: statusOf([rootView], false),
    attempts: [rootView],
    current: rootView,
    upstream: [],
    downstream: [],
    wideUpstream: [],
    wideDownstream: [],
    children: [...nodes.values()].filter((n) => n.parentKey === undefined).map((n) => n.key),
  };
  const alone = nodes.size === 0;
  const all = alone ? new Map([[rootNode.key, rootNode]]) : nodes;
  let started = Number.POSITIVE_INFINITY;
  for (const { startedAt } of views) if (startedAt !== undefined && startedAt < started) started = startedAt;
  const end = endOfRun(rootNode, [...nodes.values()]);
  return {
    id: rootId,
    pipeline,
    source,
    root: rootNode,
    nodes: all,
    edges,
    wideEdges,
    links: alone ? numberLinks([rootNode], { edges, wideEdges }) : links,
    planKnown: plan.plannedParents.has(""),
    ...(Number.isFinite(started) && { startedAt: started as Instant }),
    ...(end && { endedAt: end.at, outcome: end.outcome }),
  };
}

/** The attempts by the keys of their nodes, each node's in the order of the tries. */
function viewAll(
  attempts: ReadonlyMap<string, StoredAttempt>,
  places: ReadonlyMap<string, Place>,
): Map<string, AttemptView[]> {
  const byNode = new Map<string, StoredAttempt[]>();
  // Nothing waits any more for what is below an attempt that has ended or was tried again.
  const over = new Set<string>();
  for (const stored of attempts.values()) {
    const { state } = stored;
    push(byNode, places.get(state.id)?.key ?? state.id, stored);
    if (endOf(state)) over.add(state.id);
  }
  for (const list of byNode.values()) {
    if (list.length === 1) continue;
    list.sort((a, b) => compareTries(a.state, b.state));
    for (const { state } of list.slice(0, -1)) over.add(state.id);
  }
  const views = new Map<string, AttemptView[]>();
  for (const [nodeKey, list] of byNode) {
    const own = list.map((stored, i) => {
      const { id, facts } = stored.state;
      const superseded = i < list.length - 1 || ancestorOver(id, places, over);
      return viewAttempt(stored, { nodeKey, number: facts.number?.value ?? i + 1, superseded });
    });
    views.set(nodeKey, own);
  }
  return views;
}

function ancestorOver(id: string, places: ReadonlyMap<string, Place>, over: ReadonlySet<string>): boolean {
  for (let parent = places.get(id)?.parentId; parent !== undefined; parent = places.get(parent)?.parentId) {
    if (over.has(parent)) return true;
  }
  return false;
}

type Shell = Pick<NodeView, "key" | "label" | "planned" | "expectsEvents" | "attempts"> &
  Partial<Pick<NodeView, "parentKey" | "group" | "operator" | "trigger">>;

/** The nodes, planned and seen, not yet joined. A planned step of which instances were seen gives way to them. */
function shellsOf(
  rootId: string,
  byNode: ReadonlyMap<string, readonly AttemptView[]>,
  places: ReadonlyMap<string, Place>,
  plan: Plan,
): Map<string, Shell> {
  const shells = new Map<string, Shell>();
  const instanced = new Set<string>();
  for (const [key, all] of byNode) {
    const attempts = all.some(({ id }) => id === rootId) ? all.filter(({ id }) => id !== rootId) : all;
    for (const { id, state } of attempts) {
      const place = places.get(id);
      if (!place) continue;
      if (place.instanceOf !== undefined) instanced.add(place.instanceOf);
      const known = shells.get(key);
      const planned =
        plan.nodes.get(key) ??
        (place.instanceOf === undefined ? undefined : plan.nodes.get(place.instanceOf));
      const operator = state.facts.operator?.value ?? planned?.operator ?? known?.operator;
      const trigger =
        state.facts.trigger?.value ?? planned?.trigger ?? plan.triggers.get(key) ?? known?.trigger;
      const group = place.instanceOf ?? planned?.group;
      shells.set(key, {
        key,
        label: place.label,
        planned: planned !== undefined,
        expectsEvents: true,
        attempts,
        ...(place.parentKey !== undefined && { parentKey: place.parentKey }),
        ...(group !== undefined && { group }),
        ...(operator !== undefined && { operator }),
        ...(trigger !== undefined && { trigger }),
      });
    }
  }
  for (const node of plan.nodes.values()) {
    if (shells.has(node.key) || instanced.has(node.key)) continue;
    shells.set(node.key, { ...node, planned: true, attempts: [] });
  }
  return shells;
}

function edgesOf(
  attempts: ReadonlyMap<string, StoredAttempt>,
  places: ReadonlyMap<string, Place>,
  plan: Plan,
  shells: ReadonlyMap<string, Shell>,
  inOrder: readonly Shell[],
  views: readonly AttemptView[],
): Joined {
  const instances = new Map<string, string[]>();
  for (const place of places.values()) {
    if (place.instanceOf !== undefined) push(instances, place.instanceOf, place.key);
  }
  const nodeEnds = new Map<string, End>();
  const nodeEnd = (key: string): End => {
    const known = nodeEnds.get(key);
    if (known) return known;
    // An instance that was tried twice is there twice.
    const keys = shells.has(key) ? [key] : [...new Set(instances.get(key))];
    const end = { id: key, keys };
    nodeEnds.set(key, end);
    return end;
  };
  let byJob: Map<string, string[]> | undefined;
  const jobEnds = new Map<string, End>();
  const jobEnd = (job: JobRef): End => {
    // Few runs name jobs: most need not be looked through for them.
    byJob ??= keysByJob(views);
    const id = jobId(job);
    const end = jobEnds.get(id) ?? { id: `job\n${id}`, keys: [...new Set(byJob.get(id))] };
    jobEnds.set(id, end);
    return end;
  };
  // The first origin that told of an edge is the one most to be trusted: they are gathered in that order.
  const told = [
    ...plan.edges.map(({ from, to, origin }) => ({ from: nodeEnd(from), to: nodeEnd(to), origin })),
    ...declaredEdges(attempts, places, nodeEnd, jobEnd),
    ...datasetEdges(attempts, places, plan.plannedParents),
  ];
  return joinEdges(
    told,
    inOrder.map(({ key }) => key),
  );
}

function keysByJob(views: readonly AttemptView[]): Map<string, string[]> {
  const byJob = new Map<string, string[]>();
  for (const { job, nodeKey } of views) if (job) push(byJob, jobId(job), nodeKey);
  return byJob;
}

function linkNodes(
  inOrder: readonly Shell[],
  links: RunLinks,
  wideEdges: readonly WideEdge[],
  plan: Plan,
  settled: ReadonlyMap<string, NodeStatus>,
): Map<string, NodeView> {
  const size = inOrder.length;
  // Numbers are in the order of the keys: so are the lists that are made of them. Points come behind all nodes.
  const keysOf = (numbers: readonly number[] = []): readonly string[] => {
    if (numbers.length === 0) return NONE;
    const keys: string[] = [];
    for (const i of numbers) {
      const shell = inOrder[i];
      if (shell) keys.push(shell.key);
    }
    return keys;
  };
  const wideOf = (numbers: readonly number[] = []): readonly WideEdge[] =>
    (numbers.at(-1) ?? -1) < size ? NO_WIDE : numbers.flatMap((i) => wideEdges[i - size] ?? []);
  const nodes = new Map<string, NodeView>();
  inOrder.forEach((shell, i) => {
    const current = shell.attempts[shell.attempts.length - 1];
    // Keys are in order, so that what is around a node comes before it.
    const around = shell.parentKey === undefined ? undefined : nodes.get(shell.parentKey);
    nodes.set(shell.key, {
      ...shell,
      trigger: shell.trigger ?? plan.triggers.get(shell.key) ?? "all-success",
      status: current
        ? statusOf(shell.attempts, current.status === "superseded")
        : (settled.get(shell.key) ?? (around && isOver(around) ? "skipped" : "planned")),
      ...(current && { current }),
      upstream: keysOf(links.upstream[i]),
      downstream: keysOf(links.downstream[i]),
      wideUpstream: wideOf(links.upstream[i]),
      wideDownstream: wideOf(links.downstream[i]),
      children: keysOf(links.children[i]),
    });
  });
  settleUnheard(nodes);
  return nodes;
}

/** Whether a group has ended: what was planned in it and has not come by then will not come any more. */
function isOver({ current, status }: NodeView): boolean {
  return current?.endedAt !== undefined || status === "aborted" || status === "skipped";
}

/** A group that only its children spoke of is as they are. */
function settleUnheard(nodes: Map<string, NodeView>): void {
  const groups = [...nodes.values()].filter((n) => n.children.length > 0 && n.current?.seen === false);
  const deepestFirst = groups.sort((a, b) => b.key.length - a.key.length);
  for (const { key } of deepestFirst) {
    const node = nodes.get(key);
    if (!node?.current || node.current.seen || node.children.length === 0 || node.status === "aborted")
      continue;
    const below = node.children.flatMap((child) => nodes.get(child)?.status ?? []);
    nodes.set(key, { ...node, status: below.every(isSettled) ? worstOf(below) : "running" });
  }
}

function statusOf(attempts: readonly AttemptView[], superseded: boolean): NodeStatus {
  const current = attempts[attempts.length - 1];
  if (!current) return "planned";
  if (superseded || current.status === "superseded") return "aborted";
  return current.status === "completed" && current.reused ? "reused" : current.status;
}

function worstOf(statuses: readonly NodeStatus[]): NodeStatus {
  if (statuses.includes("failed")) return "failed";
  return statuses.includes("aborted") ? "aborted" : "completed";
}

/** How the orchestrator said that each step ended, when the whole did. */
export function settledSteps(steps: AttemptState["steps"]): Map<string, NodeStatus> {
  const settled = new Map<string, NodeStatus>();
  for (const [step, state] of Object.entries(steps?.value ?? {})) {
    const status = state === null ? "skipped" : SETTLED[state.toLowerCase()];
    if (status) settled.set(step, status);
  }
  return settled;
}

function endOfRun(root: NodeView, nodes: readonly NodeView[]): { at: Instant; outcome: Outcome } | undefined {
  const current = root.current;
  if (current?.endedAt !== undefined && isOutcome(current.status))
    return { at: current.endedAt, outcome: current.status };
  // A root that was only ever named by others owes us nothing: its children speak for it.
  if (current?.seen || nodes.length === 0 || !nodes.every((n) => isSettled(n.status))) return undefined;
  let last: Instant | undefined;
  for (const { current: own } of nodes)
    if (own?.endedAt !== undefined && !(own.endedAt <= (last ?? Number.NaN))) last = own.endedAt;
  const worst = worstOf(nodes.map((n) => n.status));
  return last === undefined ? undefined : { at: last, outcome: isOutcome(worst) ? worst : "completed" };
}

function isOutcome(status: string): status is Outcome {
  return status === "completed" || status === "failed" || status === "aborted";
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const NONE: readonly string[] = [];
const NO_WIDE: readonly WideEdge[] = [];

function least(texts: readonly (string | undefined)[]): string | undefined {
  return texts.filter((t): t is string => t !== undefined).sort(byCodeUnit)[0];
}
