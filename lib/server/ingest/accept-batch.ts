import type { Readable } from "node:stream";
import { canonicalJson } from "../../base/canonical-json.ts";
import type { BatchResult } from "../../contract/batch.ts";
import { now } from "../clock.ts";
import { reportError } from "../report-error.ts";
import { acceptMessage, type Incoming } from "./accept.ts";
import type { Accepted } from "./accepted.ts";
import { rememberRefusal } from "./account.ts";
import { type Answer, answering, parseJson, refused } from "./answer.ts";
import { QueueFullError } from "./commit-queue.ts";
import { ingestQueue } from "./ingest-queue.ts";
import { BodyError, bodyCap, readBody, readLines } from "./read-body.ts";

/** How many events go to the queue together: as many as one transaction takes. */
const GROUP = 500;

const NO_EVENT = "no OpenLineage event";

/** The most failures that an answer lists; the counts tell of all. */
const MOST_LISTED = 1_000;

/**
 * POST /api/v1/lineage/batch: a JSON array of events, or one event a line (NDJSON) of any length. Each event is judged
 * alone; what was accepted is committed when the answer comes. 200 with a result for each that failed; 429 where
 * nothing could be taken in for want of room.
 */
export async function acceptBatch(incoming: Incoming & { type: string | undefined }): Promise<Answer> {
  return answering(async (seen) => {
    const batch = new Batch();
    if (isNdjson(incoming.type)) {
      await takeLines(batch, incoming.stream, incoming.encoding);
    } else {
      const body = await readBody(incoming.stream, incoming.encoding, bodyCap());
      seen.body = body;
      const parsed = parseJson(body);
      if (!parsed.ok) return refused(400, "The body is not JSON.", [{ path: "", reason: parsed.reason }]);
      if (!Array.isArray(parsed.value)) {
        return refused(422, "This is no batch.", [{ path: "", reason: "an array of events expected" }]);
      }
      for (const json of parsed.value) await batch.take(json, textOf(json));
    }
    return batch.finish();
  });
}

/** The text of one event of an array. Node's own writer has no stack for what is nested deeply, though its reader has. */
function textOf(json: unknown): string {
  try {
    return JSON.stringify(json);
  } catch {
    return canonicalJson(json);
  }
}

function isNdjson(type: string | undefined): boolean {
  return /^application\/(x-)?(nd-?json|jsonl(ines)?|json-seq)\b/i.test(type ?? "");
}

async function takeLines(batch: Batch, stream: Readable, encoding: string | undefined): Promise<void> {
  try {
    for await (const line of readLines(stream, encoding, bodyCap())) {
      if (line.trim() === "") continue;
      const parsed = parseJson(line);
      if (parsed.ok) await batch.take(parsed.value, line);
      else {
        rememberRefusal({ status: 400, problems: [], error: parsed.reason, body: line });
        batch.fail(parsed.reason, false);
      }
    }
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    // What came before is kept: the lines were whole, and the client learns where it broke off.
    rememberRefusal({ status: error.status, problems: [], error: error.message, body: undefined });
    batch.fail(error.message, false);
  }
}

/** Judges events one by one, commits them group by group, and counts. */
class Batch {
  readonly #failed: BatchResult["failed_events"] = [];
  #waiting: { index: number; message: Accepted }[] = [];
  /** The group that is being committed, while the next one is read. */
  #underWay: Promise<void> = Promise.resolve();
  #received = 0;
  #successful = 0;
  #retriable = 0;
  #full = 0;

  async take(json: unknown, body: string): Promise<void> {
    const accepted = acceptMessage(json, body, now());
    if (!accepted.ok) {
      rememberRefusal({ status: 422, problems: accepted.problems, error: NO_EVENT, body, json });
      const [first] = accepted.problems;
      this.fail(first ? `${first.path}: ${first.reason}`.replace(/^: /, "") : NO_EVENT, false);
      return;
    }
    this.#waiting.push({ index: this.#received, message: accepted.message });
    this.#received += 1;
    if (this.#waiting.length >= GROUP) await this.#commit();
  }

  fail(reason: string, retriable: boolean): void {
    this.#fail(this.#received, reason, retriable);
    this.#received += 1;
  }

  async finish(): Promise<Answer> {
    await this.#commit();
    await this.#underWay;
    if (this.#received > 0 && this.#full === this.#received) throw new QueueFullError();
    const failed = this.#received - this.#successful;
    const result: BatchResult = {
      status: failed === 0 ? "success" : "partial_success",
      summary: {
        received: this.#received,
        successful: this.#successful,
        failed,
        retriable: this.#retriable,
        non_retriable: failed - this.#retriable,
      },
      failed_events: this.#failed.sort((a, b) => a.index - b.index),
    };
    return { status: 200, body: result, weight: this.#received };
  }

  /** Begins to commit what was read, once what was read before it is committed: two groups are in memory at the most. */
  async #commit(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    await this.#underWay;
    this.#underWay = this.#store(group);
    // Whoever awaits it hears of it: until then a failure has nobody who listens.
    this.#underWay.catch(() => {});
  }

  /** Stores events together; where that fails, each half on its own, until what cannot be stored stands alone. */
  async #store(group: readonly { index: number; message: Accepted }[]): Promise<void> {
    if (group.length === 0) return;
    try {
      await ingestQueue().add(group.map(({ message }) => ({ message })));
      this.#successful += group.length;
    } catch (error) {
      const isFull = error instanceof QueueFullError;
      if (!isFull && group.length > 1) {
        const middle = Math.ceil(group.length / 2);
        await this.#store(group.slice(0, middle));
        await this.#store(group.slice(middle));
        return;
      }
      if (isFull) this.#full += group.length;
      else reportError("an event of a batch could not be stored", error);
      for (const { index } of group) {
        this.#fail(index, isFull ? error.message : "the store did not take it; nothing of it was kept", true);
      }
    }
  }

  #fail(index: number, reason: string, retriable: boolean): void {
    if (retriable) this.#retriable += 1;
    if (this.#failed.length < MOST_LISTED) this.#failed.push({ index, reason, retriable });
  }
}
