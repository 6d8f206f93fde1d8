import type { Problem } from "../../contract/problem.ts";
import { countAnswer } from "../metrics.ts";
import { reportError } from "../report-error.ts";
import { rememberRefusal } from "./account.ts";
import { QueueFullError } from "./commit-queue.ts";
import { BodyError } from "./read-body.ts";
import { refusalOf } from "./refusal.ts";
import { StoreAwayError } from "./store-away.ts";
import { ThreadLostError } from "./thread-lost.ts";

/** An HTTP answer, free of any server's own types: the custom server and the route handlers both send it. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body again, where it is a refusal. */
  readonly refusal?: Problem;
  /** How many events its sender pays for, where its key has a limit; 1 where it is left out. */
  readonly weight?: number;
}

/** What a request was found to hold, for the account of what was refused. */
export interface Seen {
  body?: string;
}

/**
 * Does the work of a request; what is thrown becomes the answer that tells the client what to do next. The work notes
 * in `seen` the body that it read. Whatever its sender must mend is remembered; 429 and 503 only ask to come again.
 */
export async function answering(work: (seen: Seen) => Promise<Answer>): Promise<Answer> {
  const seen: Seen = {};
  const answer = await settled(() => work(seen));
  countAnswer(answer.status);
  if (answer.refusal && answer.status !== 429 && answer.status < 500)
    rememberRefusal(refusalOf({ status: answer.status, ...answer.refusal, body: seen.body }));
  return answer;
}

async function settled(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BodyError) return refused(error.status, error.message, []);
    if (error instanceof QueueFullError)
      return { ...refused(429, error.message, []), headers: { "Retry-After": "1" } };
    if (!(error instanceof StoreAwayError)) reportError("ingest failed", error);
    const reason =
      error instanceof ThreadLostError
        ? "The batch could not be read to its end. Send it again: what was kept of it is not kept twice."
        : "The store did not answer; nothing of this request was kept. Send it again.";
    return {
      ...refused(503, reason, []),
      headers: { "Retry-After": "1" },
    };
  }
}

/** A refusal with its reasons. */
export function refused(status: number, error: string, problems: Problem["problems"]): Answer {
  const refusal: Problem = { error, problems };
  return { status, body: refusal, refusal };
}
