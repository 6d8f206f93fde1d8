import type { Readable } from "node:stream";
import type { BatchResult } from "../../contract/batch.ts";
import { now } from "../clock.ts";
import { reportError } from "../report-error.ts";
import type { Incoming } from "./accept.ts";
import type { Accepted } from "./accepted.ts";
import { countRefused, rememberRefusal } from "./account.ts";
import { type Answer, answering, refused } from "./answer.ts";
import { QueueFullError } from "./commit-queue.ts";
import { ingestQueue } from "./ingest-queue.ts";
import { BodyError, bodyCap, readBytes, readLines } from "./read-body.ts";
import { readHere } from "./read-here.ts";
import { type BadPart, badLine, type Judged, type Part, type PartRead } from "./read-part.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { StoreAwayError } from "./store-away.ts";

/** How many events go to the queue together: as many as one transaction takes. */
const GROUP = 500;

/** Groups of a batch that may wait to be committed while the next is read; one only where so many bytes wait already. */
const GROUPS_UNDER_WAY = 2;
const MANY_BYTES = 32 * 1024 ** 2;

/** Parts of a body that are read, or wait to be, before the next part of it is taken from the network. */
const READ_AHEAD = 2;

/** The most failures that an answer lists; the counts tell of all. */
const MOST_LISTED = 1_000;

type Read = (part: Part) => Promise<PartRead>;

/**
 * POST /api/v1/lineage/batch: a JSON array of events, or one event a line (NDJSON) of any length. Each event is judged
 * alone; what was accepted is committed when the answer comes. 200 with a result for each that failed; 429 where
 * nothing could be taken in for want of room, 503 where the store was away. `read` says where the parts of the body are read.
 */
export async function acceptBatch(
  incoming: Incoming & { type: string | undefined },
  read: Read = readHere,
): Promise<Answer> {
  return answering(async (seen) => {
    const batch = new Batch();
    if (isNdjson(incoming.type)) {
      await takeLines(batch, incoming.stream, incoming.encoding, read);
    } else {
      const bytes = await readBytes(incoming.stream, incoming.encoding, bodyCap());
      const bad = await batch.take(await read({ form: "array", bytes, receivedAt: now() }));
      if (bad) {
        seen.body = bad.body;
        return refused(
          bad.status,
          bad.error,
          bad.reason === undefined ? [] : [{ path: "", reason: bad.reason }],
        );
      }
    }
    return batch.finish();
  });
}

function isNdjson(type: string | undefined): boolean {
  return /^application\/(x-)?(nd-?json|jsonl(ines)?|json-seq)\b/i.test(type ?? "");
}

async function takeLines(
  batch: Batch,
  stream: Readable,
  encoding: string | undefined,
  read: Read,
): Promise<void> {
  const limit = bodyCap();
  const ahead: Promise<PartRead>[] = [];
  const takeFirst = async (): Promise<void> => {
    const first = await ahead.shift();
    if (first) await batch.take(first);
  };
  let broken: BodyError | undefined;
  try {
    for await (const part of readLines(stream, encoding, limit)) {
      const reading =
        "lines" in part
          ? read({ form: "lines", bytes: part.lines, receivedAt: now() })
          : Promise.resolve(only(badLine(413, `the line is longer than ${limit} bytes`, part.tooLong)));
      // Whoever awaits it hears of it: until then a failure has nobody who listens.
      reading.catch(() => {});
      ahead.push(reading);
      if (ahead.length >= READ_AHEAD) await takeFirst();
    }
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    broken = error;
  }
  while (ahead.length > 0) await takeFirst();
  // What came before is kept: the lines were whole, and the client learns where it broke off.
  if (broken) batch.breakOff(broken);
}

function* only(refusal: Refusal): PartRead {
  yield { refusal };
  return undefined;
}

/** Judges events one by one, commits them group by group, and counts. */
class Batch {
  readonly #failed: BatchResult["failed_events"] = [];
  #waiting: { index: number; message: Accepted }[] = [];
  /** The groups that are being committed, while the next one is read. */
  readonly #underWay: Promise<void>[] = [];
  #received = 0;
  #successful = 0;
  #retriable = 0;
  /** Events for which there was no room, or no store, and which of it for the last. */
  #untaken = 0;
  #untakenBy: unknown;
  /** Events that the store did not take, and the reason given for the first. */
  #lost = 0;
  #lostBy: unknown;

  /** Takes the events of a part, and gives what was wrong with the part itself. */
  async take(read: PartRead): Promise<BadPart | undefined> {
    let next = read.next();
    for (; !next.done; next = read.next()) {
      this.#judge(next.value);
      if (this.#waiting.length >= GROUP) await this.#commit();
    }
    return next.value;
  }

  /** Counts what could not be read of a body as one event that failed. */
  breakOff({ status, message }: BodyError): void {
    rememberRefusal(refusalOf({ status, problems: [], error: message, body: "" }));
    this.#failNext(message);
  }

  async finish(): Promise<Answer> {
    await this.#commit();
    await Promise.all(this.#underWay);
    // Once: the reason is mostly the same for each of them.
    if (this.#lost > 0)
      reportError("events of a batch could not be stored", this.#lostBy, { events: this.#lost });
    if (this.#received > 0 && this.#untaken === this.#received) throw this.#untakenBy;
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

  #judge(event: Judged): void {
    if ("message" in event) {
      this.#waiting.push({ index: this.#received, message: event.message });
      this.#received += 1;
    } else if ("refusal" in event) {
      const { path, reason } = event.refusal;
      rememberRefusal(event.refusal);
      this.#failNext(path === "" ? reason : `${path}: ${reason}`);
    } else {
      countRefused(event.more.source, event.more.count);
      this.#received += event.more.count;
    }
  }

  /**
   * Begins to commit what was read, once no more is under way than may be. Where little waits, a batch need not wait for its
   * first group before its second one takes its place behind it; where much does, it would only fill the room of others.
   */
  async #commit(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    const most = ingestQueue().depthBytes < MANY_BYTES ? GROUPS_UNDER_WAY : 1;
    while (this.#underWay.length >= most) await this.#underWay.shift();
    const stored = this.#store(group);
    // Whoever awaits it hears of it: until then a failure has nobody who listens.
    stored.catch(() => {});
    this.#underWay.push(stored);
  }

  /** Stores events together; where that fails, each half on its own, until what cannot be stored stands alone. */
  async #store(group: readonly { index: number; message: Accepted }[]): Promise<void> {
    if (group.length === 0) return;
    try {
      await ingestQueue().add(group.map(({ message }) => ({ message })));
      this.#successful += group.length;
    } catch (error) {
      const isNoneTaken = error instanceof QueueFullError || error instanceof StoreAwayError;
      if (!isNoneTaken && group.length > 1) {
        const middle = Math.ceil(group.length / 2);
        await this.#store(group.slice(0, middle));
        await this.#store(group.slice(middle));
        return;
      }
      const reason =
        error instanceof QueueFullError ? error.message : "the store did not take it; nothing of it was kept";
      for (const { index } of group) this.#fail(index, reason, true);
      if (isNoneTaken) {
        this.#untaken += group.length;
        this.#untakenBy = error;
      } else {
        this.#lost += group.length;
        this.#lostBy ??= error;
      }
    }
  }

  #failNext(reason: string): void {
    this.#fail(this.#received, reason, false);
    this.#received += 1;
  }

  #fail(index: number, reason: string, retriable: boolean): void {
    if (retriable) this.#retriable += 1;
    if (this.#failed.length < MOST_LISTED) this.#failed.push({ index, reason, retriable });
  }
}
