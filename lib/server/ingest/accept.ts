import type { Readable } from "node:stream";
import type { BeatsTaken } from "../../contract/heartbeats.ts";
import { now } from "../clock.ts";
import { acceptMessage } from "./accept-message.ts";
import { type Answer, answering, refused } from "./answer.ts";
import { ingestQueue } from "./ingest-queue.ts";
import { parseJson } from "./parse-json.ts";
import { readBeats } from "./read-beats.ts";
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
    if (!accepted.ok) {
      const hint = Array.isArray(parsed.value) ? " Many at once are posted to /api/v1/lineage/batch." : "";
      return refused(422, `This is no OpenLineage event.${hint}`, accepted.problems);
    }
    await ingestQueue().add([{ message: accepted.message }]);
    return { status: 201, body: {} };
  });
}

/**
 * POST /api/v1/heartbeats: many beats in one small body. 201 with how many were taken, once they are committed, and with
 * what of them was left out; 422 where none could be taken.
 */
export async function acceptHeartbeats(incoming: Incoming): Promise<Answer> {
  return answering(async (seen) => {
    const body = await readBody(incoming.stream, incoming.encoding, bodyCap());
    seen.body = body;
    const parsed = parseJson(body);
    if (!parsed.ok) return refused(400, "The body is not JSON.", [{ path: "", reason: parsed.reason }]);
    const { sums, accepted, problems } = readBeats(parsed.value, now());
    if (accepted === 0) return refused(422, "These are no heartbeats.", problems);
    await ingestQueue().add([{ beats: { sums } }]);
    const taken: BeatsTaken = { accepted, ...(problems.length > 0 && { problems: [...problems] }) };
    return { status: 201, body: taken, weight: Math.ceil(accepted / BEATS_PER_EVENT) };
  });
}
