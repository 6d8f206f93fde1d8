import { bucketsSet } from "../../base/bitmap.ts";
import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { AttemptResource, CacheResource, LifeResource, OutputResource } from "../../contract/nodes.ts";
import { suspectAfterMs } from "../../diagnosis/beat-facts.ts";
import type { ClockFacts } from "../../diagnosis/clock-facts.ts";
import { compareWithPast, foreignBecause } from "../../diagnosis/compare-past.ts";
import type { Policy } from "../../diagnosis/policy.ts";
import type { PastAttempt } from "../../diagnosis/verdict.ts";
import type { OutputState } from "../../projections/attempt-state.ts";
import { rhythmOf } from "../../projections/attempt-view.ts";
import { gapsBetweenBeats } from "../../projections/life-signs.ts";
import type { AttemptView } from "../../projections/run-view.ts";

/** The most beats that a life line is sent with: more than it has pixels for are of no use. */
const MOST_TICKS = 2_000;

/** An attempt as a node's panel shows it. */
export function attemptToWire(
  attempt: AttemptView,
  history: readonly PastAttempt[],
  now: Instant,
  policy: Policy,
  clock: ClockFacts,
): AttemptResource {
  const { state } = attempt;
  const process = state.process?.value;
  const wait = state.wait;
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
    outputs: Object.values(state.outputs).map((output) => outputToWire(output, attempt, policy, clock)),
    inputs: Object.values(state.inputs).map((input) => ({
      namespace: input.namespace,
      name: input.name,
      version: input.version?.value ?? null,
    })),
    cache: cacheToWire(attempt, history),
    life: lifeToWire(attempt, now, policy),
    wait: wait
      ? {
          kind: wait.value.kind,
          on: wait.value.on ?? null,
          holder: wait.value.holder
            ? {
                runId: wait.value.holder.attemptId ?? null,
                job: wait.value.holder.job ?? null,
                url: wait.value.holder.url ?? null,
              }
            : null,
          since: toWire(wait.value.since ?? wait.at),
          until: toWire(wait.value.until),
          eventId: wait.messageId,
        }
      : null,
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

function cacheToWire(attempt: AttemptView, history: readonly PastAttempt[]): CacheResource | null {
  const cache = attempt.state.cache;
  if (!cache) return null;
  const components = cache.components?.value ?? [];
  const { baseline: past, diff } = compareWithPast(components, history);
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
    baseline: past ? { attemptId: past.attemptId, runId: past.runId, endedAt: toWire(past.endedAt) } : null,
    components: (past ? [...diff] : alone).sort((a, b) => Number(b.changed) - Number(a.changed)),
    at: toWire(cache.status.at),
    eventId: cache.status.messageId,
  };
}

function lifeToWire({ state, life, status }: AttemptView, now: Instant, policy: Policy): LifeResource {
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
