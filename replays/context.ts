/** What the server would know besides the run, of the same messages: without a store, by the same rules. */
import type { Instant } from "../lib/base/instant.ts";
import { jobOfStep } from "../lib/diagnosis/stray.ts";
import type { Context, Original, Other, PastAttempt, SourceFacts } from "../lib/diagnosis/verdict.ts";
import type { Event } from "../lib/events/event.ts";
import { jobId } from "../lib/events/job-id.ts";
import { parentIdOf, type StoredAttempt, viewAttempt } from "../lib/projections/attempt-view.ts";
import type { NodeView, RunView } from "../lib/projections/run-view.ts";
import type { Accepted } from "../lib/server/ingest/accepted.ts";
import { FURTHEST_AHEAD } from "../lib/server/ingest/touch-sources.ts";
import {
  type Before,
  clockSample,
  estimateSkewMs,
  keptSamples,
  leastLagMs,
} from "../lib/server/runs/estimate-skew.ts";
import { HISTORY, pastAttempt } from "../lib/server/runs/load-history.ts";
import { originalOf } from "../lib/server/runs/load-originals.ts";
import type { Forest } from "../lib/testing/fold-messages.ts";

/** The context of a run, of all that had been received by an instant. */
export function contextOf(run: RunView, forest: Forest, known: readonly Accepted[], until: Instant): Context {
  const nodes = [run.root, ...run.nodes.values()];
  const past = new Map(nodes.map((node) => [node.key, pastOf(node, run, forest)]));
  const each = [...past];
  return {
    history: new Map(each.map(([key, all]) => [key, all.slice(0, HISTORY).filter((p) => isBefore(p, run))])),
    samples: new Map(each.map(([key, all]) => [key, all.flatMap(({ sample }) => sample ?? [])])),
    sources: sourcesOf(forest, known),
    originals: originalsOf(nodes, forest, until),
    others: straysOf(run, forest, until),
  };
}

/** Executions of planned steps' jobs in other runs, the latest of each. */
function straysOf(run: RunView, forest: Forest, until: Instant): Map<string, Other> {
  const strays = new Map<string, Other>();
  for (const node of run.nodes.values()) {
    if (node.status !== "planned" || node.current) continue;
    const id = jobId(jobOfStep(run, node));
    const found = [...forest.attempts.values()]
      .map(({ state }) => ({ state, runId: forest.runOf.get(state.id) ?? "", job: state.facts.job?.value }))
      .filter(({ job, runId }) => job && jobId(job) === id && runId !== run.id)
      .map(({ state, runId }) => originalOf(runId, state, until))
      .sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
    const [latest] = found;
    if (latest) strays.set(id, { ...latest, ...UNJUDGED });
  }
  return strays;
}

const UNJUDGED = { pipeline: "of its own", state: null, headline: null, behind: [], waitsForUs: false };

/** What ended after a run began is nothing that it repeats. */
function isBefore({ endedAt }: PastAttempt, { startedAt }: RunView): boolean {
  return startedAt === undefined || endedAt <= startedAt + 1000;
}

/** All ended attempts at a node in other runs, the newest first. */
function pastOf(node: NodeView, run: RunView, forest: Forest): PastAttempt[] {
  const job = node.current?.job;
  const mapIndex = node.current?.state.facts.mapIndex?.value ?? -1;
  const names = job
    ? [`${job.namespace}\n${job.name}`]
    : [
        jobId(jobOfStep(run, node)),
        ...[`${run.pipeline.name}.${node.label}`, node.label].map(
          (name) => `${run.pipeline.namespace}\n${name}`,
        ),
      ];
  return [...new Set(names)].flatMap((name) =>
    [...forest.attempts.values()]
      .filter(({ state }) => {
        const own = state.facts.job?.value;
        return (
          own !== undefined &&
          `${own.namespace}\n${own.name}` === name &&
          (state.facts.mapIndex?.value ?? -1) === mapIndex &&
          forest.runOf.get(state.id) !== run.id
        );
      })
      .flatMap(
        ({ state, life }) =>
          pastAttempt({ run_id: forest.runOf.get(state.id) ?? "", state, life: life ?? null }) ?? [],
      )
      .sort((a, b) => b.endedAt - a.endedAt),
  );
}

function sourcesOf(forest: Forest, known: readonly Accepted[]): Map<string, SourceFacts> {
  const events = known.flatMap((m) => m.events).sort((a, b) => b.receivedAt - a.receivedAt);
  const before = saidBefore(events);
  return new Map(
    [...Map.groupBy(events, (e) => e.source)].map(([name, own]): [string, SourceFacts] => {
      const samples = keptSamples(
        own
          .filter((e) => e.occurredAt - e.receivedAt <= FURTHEST_AHEAD)
          .map((e) => clockSample(before.get(e) ?? {}, { at: e.occurredAt, receivedAt: e.receivedAt })),
      );
      return [
        name,
        {
          name,
          lastReceivedAt: own[0]?.receivedAt ?? null,
          skewMs: estimateSkewMs(samples),
          leastLagMs: leastLagMs(samples),
          beating: [...forest.attempts.values()].flatMap((attempt) => beatingOf(attempt, name)),
        },
      ];
    }),
  );
}

/** What had been said of the same attempt when an event came, of events the latest of which comes first. */
function saidBefore(events: readonly Event[]): Map<Event, Before> {
  const before = new Map<Event, Before>();
  const known = new Map<string, Required<Before>>();
  for (const event of events.toReversed()) {
    const moment = { at: event.occurredAt, receivedAt: event.receivedAt };
    const earlier = known.get(event.attemptId);
    // What is put in twice was said once.
    if (earlier && !before.has(event)) before.set(event, earlier);
    const { first = moment, last = moment } = earlier ?? {};
    known.set(event.attemptId, {
      first: moment.at < first.at ? moment : first,
      last: moment.at > last.at ? moment : last,
    });
  }
  return before;
}

function beatingOf(stored: StoredAttempt, source: string): SourceFacts["beating"] {
  const { state, life } = stored;
  const { status } = viewAttempt(stored, { nodeKey: "", number: 1, superseded: false });
  const intervalMs = life?.intervalMs?.value;
  const last = life?.lastReceivedAt ?? life?.intervalMs?.receivedAt;
  const isOpen = status === "waiting" || status === "running";
  return state.source === source && isOpen && intervalMs !== undefined && last !== undefined
    ? [{ attemptId: state.id, parentId: parentIdOf(state), intervalMs, lastReceivedAt: last }]
    : [];
}

function originalsOf(nodes: readonly NodeView[], forest: Forest, until: Instant): Map<string, Original> {
  const originals = new Map<string, Original>();
  for (const node of nodes) {
    const { cache, wait } = node.current?.state ?? {};
    const holder = wait?.value.kind === "cache" ? wait.value.holder?.attemptId : undefined;
    for (const id of [cache?.reusedFrom?.value.attemptId, holder]) {
      const state = id === undefined ? undefined : forest.attempts.get(id)?.state;
      if (state?.facts.job)
        originals.set(state.id, originalOf(forest.runOf.get(state.id) ?? "", state, until));
    }
  }
  return originals;
}
