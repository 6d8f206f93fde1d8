import { compact } from "../../base/compact.ts";
import { storable, storableText } from "../../base/storable-text.ts";
import type { Told } from "../../events/event.ts";
import type { Envelope } from "./envelope.ts";
import { FacetReader, type FacetsOfRun, readFacets } from "./facets.ts";
import { observed } from "./translate-attempt.ts";
import { checks, columns } from "./translate-checks.ts";
import { inputs, outputs } from "./translate-datasets.ts";
import { dependencies, plan, settledSteps } from "./translate-plan.ts";
import { cacheDecision, compute, process, stateTold, wait } from "./translate-reports.ts";
import type { Message, RunMessage } from "./wire.ts";

/** The longest name of a source, in characters: it is a key, and Postgres cannot index long ones. */
const LONGEST_SOURCE = 512;
const LONGEST_ERROR = 2_000;

/**
 * What a message tells, in our own words. Pure, and never throws: a facet that cannot be read becomes a note.
 * Messages about jobs and datasets on their own tell nothing of an attempt; they are only kept.
 */
export function translate(message: Message, reader = new FacetReader(message.notes)): Told[] {
  if (message.kind !== "run") return [];
  const facets = readFacets(message, reader);
  const envelope: Envelope = {
    source: storableText(message.job.namespace, LONGEST_SOURCE),
    attemptId: message.run.runId,
    occurredAt: message.eventTime,
  };
  const told: Told[] = [
    observed(message, facets, reader, envelope),
    ...lifecycle(message, facets, envelope),
    ...promisedBeats(facets, envelope),
    ...stateTold(facets, envelope),
    ...inputs(message, reader, envelope),
    ...outputs(message, reader, envelope),
    ...columns(message, reader, envelope),
    ...checks(message, facets, reader, envelope),
    ...plan(facets, message, envelope),
    ...dependencies(facets, envelope),
    ...settledSteps(facets, envelope),
    ...cacheDecision(facets, envelope),
    ...wait(facets, envelope),
    ...compute(facets, envelope),
    ...process(facets, envelope),
  ];
  for (const { path, reason } of reader.notes())
    told.push({ ...envelope, type: "ingest.noted", path, reason });
  return storable(told);
}

const OUTCOMES = { COMPLETE: "completed", FAIL: "failed", ABORT: "aborted" } as const;

/** Where the attempt is in its life; a heartbeat facet is a beat on whatever message it comes. */
function lifecycle({ eventType }: RunMessage, facets: FacetsOfRun, envelope: Envelope): Told[] {
  const beats = eventType === "RUNNING" || facets.heartbeat !== undefined ? [beat(facets, envelope)] : [];
  switch (eventType) {
    case "START":
      return [{ ...envelope, type: "attempt.started" }, ...beats];
    case "RUNNING":
      return beats;
    case "COMPLETE":
    case "FAIL":
    case "ABORT": {
      const error = facets.errorMessage && storableText(facets.errorMessage.message, LONGEST_ERROR);
      return [
        { ...envelope, type: "attempt.ended", outcome: OUTCOMES[eventType], ...compact({ error }) },
        ...beats,
      ];
    }
    default:
      return [{ ...envelope, type: "attempt.noted" }, ...beats];
  }
}

function beat({ heartbeat }: FacetsOfRun, envelope: Envelope): Told {
  const { sequence, progress, cpuSeconds, rssBytes } = heartbeat ?? {};
  const { done, total, unit } = progress ?? {};
  return {
    ...envelope,
    type: "attempt.beat",
    ...compact({ sequence, cpuSeconds, rssBytes }),
    ...(done !== undefined && { progress: { done, ...compact({ total, unit }) } }),
  };
}

/** What a column of Postgres holds, 24 days: who promises less often promises nothing. */
const LONGEST_INTERVAL_MS = 2 ** 31 - 1;

/** Our own promise says more than the standard's, whose window is that of its contents. */
function promisedBeats({ heartbeat, jobType }: FacetsOfRun, envelope: Envelope): Told[] {
  const pattern = jobType?.emissionPattern;
  const seconds =
    heartbeat?.interval ?? (pattern?.eventTrigger === "PERIODIC" ? pattern.windowDuration : undefined);
  const intervalMs = (seconds ?? 0) * 1_000;
  return intervalMs > 0 && intervalMs <= LONGEST_INTERVAL_MS
    ? [{ ...envelope, type: "beat.promised", intervalMs }]
    : [];
}
