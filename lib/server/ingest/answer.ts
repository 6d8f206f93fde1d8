import type { Problem } from "../../contract/problem.ts";
import { reportError } from "../report-error.ts";
import { QueueFullError } from "./commit-queue.ts";
import { BodyError } from "./read-body.ts";

/** An HTTP answer, free of any server's own types: the custom server and the route handlers both send it. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Does the work of a request; what is thrown becomes the answer that tells the client what to do next. */
export async function answering(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BodyError) return refused(error.status, error.message, []);
    if (error instanceof QueueFullError)
      return { ...refused(429, error.message, []), headers: { "Retry-After": "1" } };
    reportError("ingest failed", error);
    return {
      ...refused(503, "The store did not answer; nothing of this request was kept. Send it again.", []),
      headers: { "Retry-After": "1" },
    };
  }
}

/** Parses JSON without throwing. */
export function parseJson(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : "not JSON" };
  }
}

/** A refusal with its reasons. */
export function refused(status: number, error: string, problems: Problem["problems"]): Answer {
  return { status, body: { error, problems } satisfies Problem };
}
