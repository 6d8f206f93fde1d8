import type { Readable } from "node:stream";
import { type Instant, parseInstant } from "../../base/instant.ts";
import { type Beat, beats } from "../../contract/heartbeats.ts";
import type { Event } from "../../events/event.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { now } from "../clock.ts";
import { acceptMessage } from "./accept-message.ts";
import { type Answer, answering, refused } from "./answer.ts";
import { ingestQueue } from "./ingest-queue.ts";
import { parseJson } from "./parse-json.ts";
import { bodyCap, readBody } from "./read-body.ts";

/** A request's body, as any server gives it. */
export type Incoming = { readonly stream: Readable; readonly encoding: string | undefined };

/** How many beats weigh as much as an event, where a key has a limit: a beat is a bit, and no row. */
const BEATS_PER_EVENT = 100;

/** POST /api/v1/lineage: one OpenLineage event. 201 with `{}` once it is committed. */
export async function acceptLineage(incoming: Incoming): Promise<Answer> {
  return answering(async (seen) => {
    const body = await readBody(incoming.stream, incoming.encoding, bodyCap());
    seen.body = body;
    const parsed = parseJson(body);
    if (!parsed.ok) return refused(400, "The body is not JSON.", [{ path: "", reason: parsed.reason }]);
    const accepted = acceptMessage(parsed.value, body, now());
    if (!accepted.ok) return refused(422, "This is no OpenLineage event.", accepted.problems);
    await ingestQueue().add([{ message: accepted.message }]);
    return { status: 201, body: {} };
  });
}

/** POST /api/v1/heartbeats: many beats in one small body. 201 with how many were taken, once they are committed. */
export async function acceptHeartbeats(incoming: Incoming): Promise<Answer> {
  return answering(async (seen) => {
    const body = await readBody(incoming.stream, incoming.encoding, bodyCap());
    seen.body = body;
    const parsed = parseJson(body);
    if (!parsed.ok) return refused(400, "The body is not JSON.", [{ path: "", reason: parsed.reason }]);
    const read = beats.safeParse(parsed.value);
    if (!read.success) {
      const problems = read.error.issues
        .slice(0, 20)
        .map((issue) => ({ path: pathOf(issue.path), reason: issue.message }));
      return refused(422, "These are no heartbeats.", problems);
    }
    const receivedAt = now();
    const undated = read.data.beats.findIndex((b) => b.at !== undefined && parseInstant(b.at) === undefined);
    if (undated >= 0) {
      const given = read.data.beats[undated]?.at ?? "";
      return refused(422, "These are no heartbeats.", [
        { path: `beats[${undated}].at`, reason: `expected an ISO 8601 date-time, got "${given}"` },
      ]);
    }
    const events = read.data.beats.flatMap((b) => eventsOfBeat(b, receivedAt));
    await ingestQueue().add([{ beats: { events } }]);
    const { length } = read.data.beats;
    return { status: 201, body: { accepted: length }, weight: Math.ceil(length / BEATS_PER_EVENT) };
  });
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

/** Beats name only their attempt: its source is filled in where it is looked up anyway, with the attempt. */
function eventsOfBeat(beat: Beat, receivedAt: Instant): Event[] {
  const attemptId = normaliseRunId(beat.runId);
  if (attemptId === undefined) return [];
  const { interval, sequence, progress, cpuSeconds, rssBytes } = beat;
  const common = {
    messageId: "",
    source: "unknown",
    attemptId,
    occurredAt: (beat.at === undefined ? undefined : parseInstant(beat.at)) ?? receivedAt,
    receivedAt,
  };
  const lived: Event = {
    ...common,
    type: "attempt.beat",
    ...(sequence !== undefined && { sequence }),
    ...(progress && { progress }),
    ...(cpuSeconds !== undefined && { cpuSeconds }),
    ...(rssBytes !== undefined && { rssBytes }),
  };
  if (interval === undefined) return [lived];
  return [lived, { ...common, type: "beat.promised", intervalMs: interval * 1000 }];
}
