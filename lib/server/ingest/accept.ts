import type { Readable } from "node:stream";
import { type Instant, parseInstant } from "../../base/instant.ts";
import { type Beat, beats } from "../../contract/heartbeats.ts";
import type { Problem } from "../../contract/problem.ts";
import { type BeatSum, BeatSums } from "../../projections/beat-sum.ts";
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
    const summed = sumUp(read.data.beats, now());
    if (!summed.ok) return refused(422, "These are no heartbeats.", [summed.problem]);
    await ingestQueue().add([{ beats: { sums: summed.sums } }]);
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

/** Adds beats up by attempt; where one has no time that can be read, says which. */
function sumUp(
  list: readonly Beat[],
  receivedAt: Instant,
): { ok: true; sums: BeatSum[] } | { ok: false; problem: Problem["problems"][number] } {
  const sums = new BeatSums(receivedAt);
  for (const [i, beat] of list.entries()) {
    const at = beat.at === undefined ? receivedAt : parseInstant(beat.at);
    if (at === undefined) {
      const reason = `expected an ISO 8601 date-time, got "${beat.at}"`;
      return { ok: false, problem: { path: `beats[${i}].at`, reason } };
    }
    const attemptId = normaliseRunId(beat.runId);
    if (attemptId === undefined) continue;
    const { interval, progress, cpuSeconds, rssBytes } = beat;
    const intervalMs = interval === undefined ? undefined : interval * 1000;
    sums.add(attemptId, at, { progress, cpuSeconds, rssBytes, intervalMs });
  }
  return { ok: true, sums: sums.all };
}
