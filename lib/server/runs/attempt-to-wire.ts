import { bucketsSet } from "../../base/bitmap.ts";
import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { AttemptResource, CacheResource, LifeResource, OutputResource } from "../../contract/nodes.ts";
import { suspectAfterMs } from "../../diagnosis/beat-limits.ts";
import type { ClockFacts } from "../../diagnosis/clock-facts.ts";
import { compareWithPast, diffOf, earlierThan, foreignBecause } from "../../diagnosis/compare-past.ts";
import { signsOf } from "../../diagnosis/life-kinds.ts";
import type { Policy } from "../../diagnosis/policy.ts";
import type { PastAttempt } from "../../diagnosis/verdict.ts";
import type { OutputState } from "../../projections/attempt-state.ts";
import { rhythmOf } from "../../projections/attempt-view.ts";
import { gapsBetweenBeats } from "../../projections/life-signs.ts";
import type { AttemptView } from "../../projections/run-view.ts";
import { inputsInOrder, outputsInOrder } from "./told-in-order.ts";
import { type Place, waitsToWire } from "./waits-to-wire.ts";

/** The most beats that a life line is sent with: more than it has pixels for are of no use. */
const MOST_TICKS = 2_000;

/** An attempt as a node's panel shows it. */
export function attemptToWire(
  attempt: AttemptView,
  history: readonly PastAttempt[],
  now: Instant,
  policy: Policy,
  clock: ClockFacts,
  place: Place,
  /** The execution that its cache decision is to be compared with; the nearest where left out. */
  baseline?: PastAttempt,
): AttemptResource {
  const { state } = attempt;
  const process = state.process?.value;
  const { facts } = state;
  return {
    id: attempt.id,
    number: attempt.number,
    status: attempt.status,
    job: attempt.job ? `${attempt.job.namespace} / ${attempt.job.name}` : null,
    startedAt: toWire(attempt.startedAt),
    endedAt: toWire(attempt.endedAt),
    lastHeardAt: toWire(later(state.last?.at, attempt.life.lastBeat?.at)),
    error: attempt.error ?? null,
    host: process?.host ?? null,
    pid: process?.pid ?? null,
    command: process?.command ?? null,
    logUrl: linkable(process?.logUrl ?? facts.logUrl?.value),
    url: facts.url?.value ?? null,
    outputs: outputsInOrder(state).map((output) => outputToWire(output, attempt, policy, clock)),
    inputs: inputsInOrder(state).map((input) => ({
      namespace: input.namespace,
      name: input.name,
      version: input.version?.value ?? null,
    })),
    cache: cacheToWire(attempt, history, baseline),
    life: lifeToWire(attempt, now, policy),
    waits: waitsToWire(attempt, place),
  };
}

function outputToWire(
  output: OutputState,
  attempt: AttemptView,
  policy: Policy,
  clock: ClockFacts,
): OutputResource {
  const written = output.written;
  const state = output.committed ? "committed" : written ? "written" : output.grew ? "writing" : "declared";
  return {
    namespace: output.namespace,
    name: output.name,
    uri: output.uri?.value ?? null,
    state,
    declaredAt: toWire(output.declared?.at),
    writtenAt: toWire(written?.value.modifiedAt ?? written?.at),
    sizeBytes: written?.value.sizeBytes ?? output.grew?.value.sizeBytes ?? null,
    rows: written?.value.rows ?? null,
    etag: written?.value.etag ?? null,
    version: output.committed?.value ?? null,
    modifiedAt: toWire(written?.value.modifiedAt),
    shownBy: written?.value.shownBy ?? null,
    seenBy: written?.value.seenBy ?? null,
    writtenBy: written?.value.writtenBy ?? null,
    own: foreignBecause(output, attempt, clock.offsetMs, policy.mtimeToleranceMs) === null,
    eventId: written?.messageId ?? output.declared?.messageId ?? null,
  };
}

function cacheToWire(
  attempt: AttemptView,
  history: readonly PastAttempt[],
  chosen: PastAttempt | undefined,
): CacheResource | null {
  const cache = attempt.state.cache;
  if (!cache) return null;
  const components = cache.components?.value ?? [];
  const { baseline: past, diff } = chosen
    ? { baseline: chosen, diff: diffOf(chosen.cacheComponents, components) }
    : compareWithPast(components, earlierThan(cache, history));
  const alone = components.map(({ name, kind, digest, value }) => ({
    name,
    kind,
    before: null,
    now: value ?? digest,
    changed: false,
  }));
  return {
    status: cache.status.value,
    key: cache.key?.value ?? null,
    reason: cache.reason?.value ?? null,
    reusedFrom: cache.reusedFrom
      ? { attemptId: cache.reusedFrom.value.attemptId, nodeKey: cache.reusedFrom.value.nodeKey ?? null }
      : null,
    baseline: past
      ? {
          attemptId: past.attemptId,
          runId: past.runId,
          endedAt: toWire(past.endedAt),
          chosen: chosen !== undefined,
        }
      : null,
    components: (past ? [...diff] : alone).sort((a, b) => Number(b.changed) - Number(a.changed)),
    at: toWire(cache.status.at),
    eventId: cache.status.messageId,
  };
}

function lifeToWire(attempt: AttemptView, now: Instant, policy: Policy): LifeResource {
  const { state, life, status } = attempt;
  const buckets = bucketsSet(life.beats);
  const rhythm = rhythmOf(state, life);
  const interval = rhythm?.intervalMs ?? null;
  const longest = interval === null ? undefined : suspectAfterMs(interval, policy);
  const gaps: LifeResource["gaps"] =
    longest === undefined
      ? []
      : gapsBetweenBeats(life.beats, longest).map((gap) => ({ from: toWire(gap.from), to: toWire(gap.to) }));
  const last = life.lastBeat?.at;
  const isOpen = status === "running" || status === "waiting";
  if (isOpen && longest !== undefined && last !== undefined && now - last > longest) {
    gaps.push({ from: toWire(last), to: null });
  }
  const progress = life.progress;
  return {
    firstBeatAt: toWire(life.firstBeat?.at),
    lastBeatAt: toWire(last),
    beats: buckets.length,
    intervalMs: interval,
    intervalOrigin: rhythm?.origin ?? null,
    progress: progress
      ? {
          done: progress.value.done,
          total: progress.value.total ?? null,
          unit: progress.value.unit ?? null,
          changedAt: toWire(progress.at),
        }
      : null,
    cpuSeconds: life.cpuSeconds?.value ?? null,
    rssBytes: life.rssBytes?.value ?? null,
    ticks: buckets.slice(-MOST_TICKS).map((start) => toWire(start as Instant)),
    gaps,
    signs: signsOf(attempt).map(({ kind, at, what, messageId }) => ({
      ...{ kind, at: toWire(at), what: what ?? null, eventId: messageId ?? null },
    })),
  };
}

/** An address that may stand in a link: a producer could name any, scripts included. */
function linkable(address: string | undefined): string | null {
  return address !== undefined && /^https?:\/\//i.test(address) ? address : null;
}

function later(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
