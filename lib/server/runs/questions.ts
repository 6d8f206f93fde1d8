import { type Instant, LATEST } from "../../base/instant.ts";
import { baselineKey } from "../../diagnosis/baseline.ts";
import { jobOfStep } from "../../diagnosis/stray.ts";
import type { JobRef } from "../../events/event.ts";
import { jobId } from "../../events/job-id.ts";
import {
  allNodes,
  isSettled,
  type NodeView,
  type RunView,
  type WideEdge,
} from "../../projections/run-view.ts";
import { indexable } from "../indexable.ts";

/** A job whose earlier attempts tell something of a node. */
export interface PastJob {
  /** Of the node. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  /** -1 where it is not an instance of a mapped step. */
  readonly map_index: number;
}

/** A job that was named without a run, and since when something waits for it, ms by its own clock. */
export interface NamedJob {
  readonly job: JobRef;
  readonly since: Instant;
}

/** What nodes wait for in other runs: attempts by their ids, and jobs where only these were named. */
export interface Elsewhere {
  readonly attempts: readonly string[];
  readonly jobs: readonly NamedJob[];
}

/** What the judgement of a run asks the store besides the run. The same run asks the same. */
export interface Questions {
  readonly history: readonly PastJob[];
  /** Nodes that are measured by samples, by the name under which these are kept. */
  readonly samples: ReadonlyMap<string, readonly string[]>;
  /** Attempts that cache decisions point to. */
  readonly originals: readonly string[];
  readonly others: Elsewhere;
  readonly sources: readonly string[];
}

/**
 * Nodes whose earlier attempts are read at most: eight of each are as much to read as a run of thousands. What is under way
 * comes first, then what is free to start; what only a cache decided on comes last.
 */
const MOST_HISTORIES = 2_000;
/** Steps whose samples are read at most; instances of a mapped step are one. Those under way come first. */
const MOST_SAMPLES = 1_000;
/** Attempts of other runs that are looked up at most: more than a person reads, and each leads on to others. */
const MOST_OTHERS = 200;
/** Jobs that are looked up at most, as many as a person reads of. */
const MOST_JOBS = 50;

/** What is asked for a run. `asked` is a node that is looked at whatever state it is in. */
export function questionsOf(run: RunView, asked?: string): Questions {
  return {
    history: pastJobs(run, asked),
    samples: sampledNodes(run, asked),
    originals: originalsOf(run),
    others: {
      attempts: [...elsewhereOf(run)].slice(0, MOST_OTHERS),
      jobs: [...jobsNamed(run).values(), ...jobsOfFreeSteps(run)].slice(0, MOST_JOBS),
    },
    sources: sourcesOf(run),
  };
}

/** What is asked for one node, whatever state it is in. */
export function questionsOfNode(run: RunView, key: string): Pick<Questions, "history" | "samples"> {
  const node = run.nodes.get(key) ?? (key === run.root.key ? run.root : undefined);
  if (!node) return { history: [], samples: new Map() };
  const settled = new Map(node.wideUpstream.map((edge) => [edge, areSettled(edge.from, run)]));
  return {
    history: isOfInterest(node, run, settled) ? namesOf(node, run) : [],
    samples: new Map([[indexable(baselineKey(key)), [key]]]),
  };
}

/** Of nodes that a past attempt can say something of: those not settled, and those that the cache was asked for. */
function pastJobs(run: RunView, asked: string | undefined): PastJob[] {
  const settled = new Map(run.wideEdges.map((edge) => [edge, areSettled(edge.from, run)]));
  const nodes = allNodes(run).filter((node) => isOfInterest(node, run, settled));
  return byNeed(nodes, asked)
    .slice(0, MOST_HISTORIES)
    .flatMap((node) => namesOf(node, run));
}

/** A planned node is asked for only once it could start: what still waits is judged by what it waits for. */
function isOfInterest(node: NodeView, run: RunView, settled: ReadonlyMap<WideEdge, boolean>): boolean {
  if (node.current?.state.cache || (node.status === "failed" && node.current?.state.columns)) return true;
  if (node.status !== "planned") return !isSettled(node.status);
  return areSettled(node.upstream, run) && node.wideUpstream.every((edge) => settled.get(edge));
}

function areSettled(keys: readonly string[], run: RunView): boolean {
  return keys.every((key) => isSettled(run.nodes.get(key)?.status ?? "completed"));
}

/** Those first of which most is to be said. */
function byNeed(nodes: NodeView[], asked: string | undefined): NodeView[] {
  const rank = ({ key, status }: NodeView): number => {
    if (key === asked) return 0;
    if (status === "running" || status === "waiting") return 1;
    if (status === "planned") return 2;
    return status === "reused" ? 4 : 3;
  };
  return nodes.sort((a, b) => rank(a) - rank(b));
}

/** The job names under which earlier runs may have known a node; a planned one has none of its own yet. */
function namesOf(node: NodeView, run: RunView): PastJob[] {
  const { key } = node;
  const job = node.current?.job;
  const map_index = node.current?.state.facts.mapIndex?.value ?? -1;
  if (job) return [{ key, namespace: indexable(job.namespace), name: indexable(job.name), map_index }];
  const { namespace } = run.pipeline;
  const planned = jobOfStep(run, node);
  const guesses = [`${run.pipeline.name}.${node.label}`, node.label].map((name) => ({ namespace, name }));
  // What its plan says its job is comes first, and counts once where it is what would be guessed.
  const others = guesses.filter((guess) => jobId(guess) !== jobId(planned));
  return [planned, ...others].map((job) => ({
    key,
    namespace: indexable(job.namespace),
    name: indexable(job.name),
    map_index,
  }));
}

/** Nodes that may be measured by what earlier ones took: under way, or free to start. */
function sampledNodes(run: RunView, asked: string | undefined): Map<string, string[]> {
  const open = allNodes(run).filter((node) => node.key === asked || mayBeLate(node, run));
  const byName = new Map<string, string[]>();
  for (const { key } of byNeed(open, asked)) {
    const name = indexable(baselineKey(key));
    const known = byName.get(name);
    if (known) known.push(key);
    else if (byName.size < MOST_SAMPLES) byName.set(name, [key]);
  }
  return byName;
}

/** What waits for others is not measured. */
function mayBeLate({ status, upstream }: NodeView, run: RunView): boolean {
  return status === "planned" ? areSettled(upstream, run) : !isSettled(status);
}

function originalsOf(run: RunView): string[] {
  const ids = new Set<string>();
  for (const node of run.nodes.values()) {
    const { cache, wait } = node.current?.state ?? {};
    const from = cache?.reusedFrom?.value.attemptId;
    if (from !== undefined) ids.add(from);
    const holder = wait?.value.kind === "cache" ? wait.value.holder?.attemptId : undefined;
    if (holder !== undefined) ids.add(holder);
  }
  return [...ids];
}

/** The ids that open nodes name of what is not of this run. */
function elsewhereOf(run: RunView): Set<string> {
  const own = new Set<string>();
  const named = new Set<string>();
  for (const node of [run.root, ...run.nodes.values()]) {
    for (const attempt of node.attempts) own.add(attempt.id);
    const { current } = node;
    if (!current || current.endedAt !== undefined) continue;
    const holder = current.state.wait?.value.holder?.attemptId;
    if (holder !== undefined) named.add(holder);
    if (current.status !== "waiting") continue;
    for (const { value } of Object.values(current.state.dependencies))
      for (const { attemptId } of value.upstream) if (attemptId !== undefined) named.add(attemptId);
  }
  for (const id of own) named.delete(id);
  return named;
}

function jobsNamed(run: RunView): Map<string, NamedJob> {
  const own = new Set<string>();
  const named = new Map<string, NamedJob>();
  for (const { attempts, current } of [run.root, ...run.nodes.values()]) {
    for (const { job } of attempts) if (job) own.add(jobId(job));
    if (current?.status !== "waiting") continue;
    for (const { value } of Object.values(current.state.dependencies)) {
      for (const { attemptId, job } of value.upstream) {
        const since = current.state.first?.at;
        if (attemptId !== undefined || !job || since === undefined) continue;
        named.set(jobId(job), {
          job,
          since: Math.max(since, named.get(jobId(job))?.since ?? since) as Instant,
        });
      }
    }
  }
  for (const id of own) named.delete(id);
  return named;
}

/** The jobs of planned steps that could have started: events that name no parent may be theirs, whenever they began. */
function jobsOfFreeSteps(run: RunView): NamedJob[] {
  const free: NamedJob[] = [];
  for (const node of run.nodes.values()) {
    if (free.length >= MOST_JOBS) break;
    if (node.status !== "planned" || node.current || !node.expectsEvents) continue;
    if (areSettled(node.upstream, run)) free.push({ job: jobOfStep(run, node), since: LATEST });
  }
  return free;
}

function sourcesOf(run: RunView): string[] {
  const names = new Set([run.source]);
  for (const node of run.nodes.values())
    for (const a of node.attempts) if (a.state.source) names.add(a.state.source);
  return [...names];
}
