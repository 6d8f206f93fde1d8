import type { Instant } from "../base/instant.ts";
import { beginningOf } from "../projections/attempt-view.ts";
import type { AttemptView, NodeView } from "../projections/run-view.ts";
import type { Baseline } from "./baseline.ts";
import { type BeatFacts, beatFacts } from "./beat-facts.ts";
import { type CacheFacts, cacheFacts } from "./cache-facts.ts";
import { type CheckFacts, checkFacts } from "./check-facts.ts";
import { type ChildFacts, childFacts } from "./child-facts.ts";
import type { ClockFacts } from "./clock-facts.ts";
import { type ComputeFacts, computeFacts } from "./compute-facts.ts";
import { type DownstreamFacts, downstreamFacts } from "./downstream-facts.ts";
import { type Drift, driftFacts } from "./drift-facts.ts";
import { type Elsewhere, elsewhereFacts } from "./elsewhere-facts.ts";
import { type OutputFacts, outputFacts } from "./output-facts.ts";
import type { Policy } from "./policy.ts";
import { type RecordFacts, recordFacts } from "./record-facts.ts";
import { type RetryFacts, retryFacts } from "./retry-facts.ts";
import { type RunFacts, runFactsReader } from "./run-facts.ts";
import { type SourceView, sourceFacts } from "./source-facts.ts";
import { type ToldFacts, toldFacts } from "./told-facts.ts";
import { type UpstreamFacts, upstreamFacts } from "./upstream-facts.ts";
import { type WaitFacts, waitFacts } from "./wait-facts.ts";
import { type WorkFacts, workFacts } from "./work-facts.ts";
import type { World } from "./world.ts";

/** Who is judged. */
export interface Subject {
  readonly node: NodeView;
  /** The node's latest attempt; undefined for a planned step. */
  readonly attempt: AttemptView | undefined;
  readonly isRoot: boolean;
  /** Nothing is below it. */
  readonly leaf: boolean;
  /** The attempt is under way and owes an end (guard 6). */
  readonly open: boolean;
  /** When the attempt began, on our clock. */
  readonly startedAt: Instant | undefined;
  /** The nearest group around it, or the run's root, whose heartbeat stopped for good. */
  readonly deadAncestor: NodeView | undefined;
  /** How long earlier attempts of the node took that completed, ms. */
  readonly pastDurations: readonly number[];
  /** How many earlier attempts of the node are known to have started. */
  readonly pastStarts: number;
  readonly rootAttempt: AttemptView | undefined;
  /** Of all that its source speaks of in this run it comes first: what is true of the source is said here, once. */
  readonly speaksForSource: boolean;
}

/** All that rules may look at, by name. Each is read when it is first asked for, and once. */
export interface Facts {
  readonly subject: Subject;
  readonly clock: ClockFacts | undefined;
  readonly beat: BeatFacts;
  readonly outputs: OutputFacts;
  readonly source: SourceView;
  readonly upstream: UpstreamFacts;
  readonly downstream: DownstreamFacts;
  readonly children: ChildFacts;
  readonly cache: CacheFacts;
  readonly run: RunFacts;
  readonly told: ToldFacts;
  readonly wait: WaitFacts | undefined;
  readonly compute: ComputeFacts;
  readonly retry: RetryFacts;
  readonly record: RecordFacts;
  readonly baseline: Baseline;
  readonly work: WorkFacts;
  readonly checks: CheckFacts;
  readonly drift: readonly Drift[];
  readonly elsewhere: readonly Elsewhere[];
}

export type FactName = keyof Facts;

/** Gives the facts of a node: the same object each time it is asked, until they are forgotten. */
export interface FactReader {
  (node: NodeView): Facts;
  /** Lets go of the facts of a node that is judged: of thirty thousand, few are asked for again. */
  readonly forget: (node: NodeView) => void;
}

export function factReader(
  world: World,
  runFactsOf: (world: World) => (node: NodeView) => RunFacts = runFactsReader,
): FactReader {
  const known = new Map<NodeView, Facts>();
  let runReader: ((node: NodeView) => RunFacts) | undefined;
  const runFacts = (node: NodeView): RunFacts => {
    runReader ??= runFactsOf(world);
    return runReader(node);
  };
  const factsOf = (node: NodeView): Facts => {
    let facts = known.get(node);
    if (!facts) {
      facts = new NodeFacts(world, node, factsOf, runFacts);
      known.set(node, facts);
    }
    return facts;
  };
  return Object.assign(factsOf, { forget: (node: NodeView) => void known.delete(node) });
}

/**
 * Makes a reader that shows only the facts that were named, so that a rule cannot depend on what it did not declare.
 * It is one window for each rule, moved from node to node: a run may have thirty thousand nodes, each of them asks every
 * rule, and a rule keeps nothing of what it was shown.
 */
export function narrowing<N extends FactName>(names: readonly N[]): (facts: Facts) => Pick<Facts, N> {
  const all: { facts?: Facts } = {};
  const window = {};
  for (const name of names) {
    const read: (facts: Facts) => unknown = READERS[name];
    Object.defineProperty(window, name, { get: () => all.facts && read(all.facts) });
  }
  return (facts) => {
    all.facts = facts;
    // Its properties are those that were named: the compiler cannot follow a list of names that far.
    return window as Pick<Facts, N>;
  };
}

/** Each reads one property: where one function reads any of twenty, the engine must look each up by its name. */
const READERS: { readonly [N in FactName]: (facts: Facts) => Facts[N] } = {
  subject: (facts) => facts.subject,
  clock: (facts) => facts.clock,
  beat: (facts) => facts.beat,
  outputs: (facts) => facts.outputs,
  source: (facts) => facts.source,
  upstream: (facts) => facts.upstream,
  downstream: (facts) => facts.downstream,
  children: (facts) => facts.children,
  cache: (facts) => facts.cache,
  run: (facts) => facts.run,
  told: (facts) => facts.told,
  wait: (facts) => facts.wait,
  compute: (facts) => facts.compute,
  retry: (facts) => facts.retry,
  record: (facts) => facts.record,
  baseline: (facts) => facts.baseline,
  work: (facts) => facts.work,
  checks: (facts) => facts.checks,
  drift: (facts) => facts.drift,
  elsewhere: (facts) => facts.elsewhere,
};

/** The facts of one node, each read when it is first asked for. */
class NodeFacts implements Facts {
  readonly #world: World;
  readonly #node: NodeView;
  readonly #factsOf: (node: NodeView) => Facts;
  readonly #runFacts: (node: NodeView) => RunFacts;
  #subject: Subject | undefined;
  #clock: ClockFacts | undefined;
  #beat: BeatFacts | undefined;
  #outputs: OutputFacts | undefined;
  #source: SourceView | undefined;
  #upstream: UpstreamFacts | undefined;
  #downstream: DownstreamFacts | undefined;
  #children: ChildFacts | undefined;
  #cache: CacheFacts | undefined;
  #run: RunFacts | undefined;
  #told: ToldFacts | undefined;
  #wait: { readonly is: WaitFacts | undefined } | undefined;
  #compute: ComputeFacts | undefined;
  #retry: RetryFacts | undefined;
  #record: RecordFacts | undefined;
  #baseline: Baseline | undefined;
  #work: WorkFacts | undefined;
  #checks: CheckFacts | undefined;
  #drift: readonly Drift[] | undefined;
  #elsewhere: readonly Elsewhere[] | undefined;

  constructor(
    world: World,
    node: NodeView,
    factsOf: (node: NodeView) => Facts,
    runFacts: (node: NodeView) => RunFacts,
  ) {
    this.#world = world;
    this.#node = node;
    this.#factsOf = factsOf;
    this.#runFacts = runFacts;
  }

  get subject(): Subject {
    this.#subject ??= new SubjectOf(this.#world, this.#node, this.#factsOf);
    return this.#subject;
  }

  get clock(): ClockFacts | undefined {
    if (this.#node.current) this.#clock ??= this.#world.clockOf(this.#node.current);
    return this.#clock;
  }

  get beat(): BeatFacts {
    const { now, historyOf, context } = this.#world;
    const { current } = this.#node;
    this.#beat ??= beatFacts(current, this.clock, historyOf(this.#node), now, this.#policy, context.deaf);
    return this.#beat;
  }

  get outputs(): OutputFacts {
    const { historyOf } = this.#world;
    this.#outputs ??= outputFacts(this.#node.current, this.clock, historyOf(this.#node), this.#policy);
    return this.#outputs;
  }

  get source(): SourceView {
    this.#source ??= this.#readSource();
    return this.#source;
  }

  get upstream(): UpstreamFacts {
    this.#upstream ??= upstreamFacts(this.#world, this.#node);
    return this.#upstream;
  }

  get downstream(): DownstreamFacts {
    this.#downstream ??= downstreamFacts(this.#world, this.#node);
    return this.#downstream;
  }

  get children(): ChildFacts {
    this.#children ??= childFacts(this.#world, this.#node);
    return this.#children;
  }

  get cache(): CacheFacts {
    this.#cache ??= cacheFacts(this.#world, this.#node, this.wait);
    return this.#cache;
  }

  get run(): RunFacts {
    this.#run ??= this.#runFacts(this.#node);
    return this.#run;
  }

  get told(): ToldFacts {
    this.#told ??= toldFacts(this.#world, this.#node);
    return this.#told;
  }

  get wait(): WaitFacts | undefined {
    this.#wait ??= { is: waitFacts(this.#world, this.#node) };
    return this.#wait.is;
  }

  get compute(): ComputeFacts {
    this.#compute ??= computeFacts(this.#node.current, this.clock, this.#policy);
    return this.#compute;
  }

  get retry(): RetryFacts {
    this.#retry ??= retryFacts(this.#world, this.#node, this.wait);
    return this.#retry;
  }

  get record(): RecordFacts {
    this.#record ??= recordFacts(this.#node, this.#world.records(), this.#policy);
    return this.#record;
  }

  get baseline(): Baseline {
    this.#baseline ??= this.#world.baselineOf(this.#node);
    return this.#baseline;
  }

  get work(): WorkFacts {
    this.#work ??= workFacts(this.#node.current, this.clock);
    return this.#work;
  }

  get checks(): CheckFacts {
    this.#checks ??= checkFacts(this.#world, this.#node);
    return this.#checks;
  }

  get drift(): readonly Drift[] {
    this.#drift ??= driftFacts(this.#node.current, this.clock, this.#world.historyOf(this.#node));
    return this.#drift;
  }

  get elsewhere(): readonly Elsewhere[] {
    this.#elsewhere ??= elsewhereFacts(this.#world, this.#node, this.wait);
    return this.#elsewhere;
  }

  /** Asked for each time: a fact that is not read needs none. */
  get #policy(): Policy {
    return this.#world.policyOf(this.#node).values;
  }

  #readSource(): SourceView {
    const { run, context, now, clockOf } = this.#world;
    const attempt = this.#node.current;
    // A planned step has no clock of its own; that its run was imported holds for it too.
    const clock = this.clock ?? (run.root.current && clockOf(run.root.current));
    const name = attempt?.state.source ?? run.source;
    return sourceFacts(name, attempt, clock, this.beat, context, now, this.#policy);
  }
}

/** What only few rules ask of is read when they do. */
class SubjectOf implements Subject {
  readonly #world: World;
  readonly #factsOf: (node: NodeView) => Facts;
  readonly node: NodeView;
  readonly attempt: AttemptView | undefined;
  readonly isRoot: boolean;
  readonly leaf: boolean;
  readonly open: boolean;
  #deadAncestor: { readonly is: NodeView | undefined } | undefined;

  constructor(world: World, node: NodeView, factsOf: (node: NodeView) => Facts) {
    const { run } = world;
    this.#world = world;
    this.#factsOf = factsOf;
    this.node = node;
    this.attempt = node.current;
    this.isRoot = node === run.root;
    this.leaf = this.isRoot
      ? run.nodes.get(node.key) === node || run.nodes.size === 0
      : node.children.length === 0;
    this.open = node.current?.status === "running" && node.current.owesEnd;
  }

  get startedAt(): Instant | undefined {
    const { attempt } = this;
    if (!attempt) return undefined;
    const began = beginningOf(attempt.state);
    const clock = this.#world.clockOf(attempt);
    if (began) return clock.told(began);
    return attempt.startedAt === undefined ? undefined : clock.ours(attempt.startedAt);
  }

  get deadAncestor(): NodeView | undefined {
    this.#deadAncestor ??= { is: deadAbove(this.#world, this.node, this.#factsOf) };
    return this.#deadAncestor.is;
  }

  get pastDurations(): readonly number[] {
    return this.#world
      .historyOf(this.node)
      .flatMap((p) =>
        p.outcome === "completed" && !p.reused && p.startedAt !== null ? [p.endedAt - p.startedAt] : [],
      );
  }

  get pastStarts(): number {
    const past = this.#world.historyOf(this.node).filter((p) => p.startedAt !== null && !p.reused);
    return Math.max(past.length, this.#world.samplesOf(this.node).length);
  }

  get rootAttempt(): AttemptView | undefined {
    return this.#world.run.root.current;
  }

  get speaksForSource(): boolean {
    return this.#world.speaksForSource(this.node);
  }
}

function deadAbove(world: World, node: NodeView, factsOf: (node: NodeView) => Facts): NodeView | undefined {
  const { run } = world;
  if (node === run.root) return undefined;
  for (let key = node.parentKey; key !== undefined; ) {
    const above = run.nodes.get(key);
    if (!above) break;
    if (above.status === "running" && factsOf(above).beat.state === "dead") return above;
    key = above.parentKey;
  }
  return run.root.status === "running" && factsOf(run.root).beat.state === "dead" ? run.root : undefined;
}
