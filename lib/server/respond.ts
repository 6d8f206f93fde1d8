import { z } from "zod";
import { parseInstant } from "../base/instant.ts";
import type { Problem } from "../contract/problem.ts";
import { parseJson } from "./ingest/parse-json.ts";
import { readReadiness } from "./queries/readiness.ts";
import type { AsOf } from "./queries/run.ts";
import { reportError } from "./report-error.ts";

// The contract's schemas, which the browser has too, are of zod/mini: they have no words of their own for a refusal.
z.config(z.locales.en());

/** A JSON answer that nobody may keep: what a run looks like changes by the second. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
}

/** To who has the answer of this tag: nothing is written out, sent or read again. */
export function unchanged(tag: string): Response {
  return new Response(null, { status: 304, headers: { "Cache-Control": "no-store", ETag: tag } });
}

/** The same of what is JSON already. */
export function jsonText(text: string): Response {
  return new Response(text, { headers: { "Content-Type": "application/json", "Cache-Control": "no-store" } });
}

/** A refusal that names the field and the reason. */
export function refuse(status: number, error: string, problems: Problem["problems"] = []): Response {
  return json({ error, problems } satisfies Problem, status);
}

/**
 * Answers a request; what is thrown becomes a 400 (zod, whole or mini), a 413 (readJson), a 503 where the database is
 * away, or a 500 that says no more than that it is ours.
 */
export async function responding(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof z.core.$ZodError) {
      const problems = error.issues.map((issue) => ({ path: issue.path.join("."), reason: issue.message }));
      return refuse(400, "The request is not understood.", problems);
    }
    if (error instanceof TooLongError) return refuse(413, error.message);
    reportError("a request failed", error);
    // Drivers have many words for a database that is gone: to ask it is surer.
    if (!(await readReadiness()).ready) {
      const problem: Problem = { error: "The database does not answer at present. Ask again.", problems: [] };
      return json(problem, 503, { "Retry-After": "2" });
    }
    return refuse(500, "Something went wrong on our side. The server's log says more.");
  }
}

const asOf = z.object({
  at: z
    .string()
    .transform((text, context) => {
      const at = parseInstant(text);
      if (at !== undefined) return at;
      context.addIssue({ code: "custom", message: `expected an ISO 8601 date-time, got "${text}"` });
      return z.NEVER;
    })
    .optional(),
});

/** `?at=`, where it is given. Throws ZodError where it is no instant. */
export function readAsOf(request: Request): AsOf {
  const { at } = asOf.parse(parameters(request));
  return at === undefined ? {} : { at };
}

/**
 * The parameters of a URL, as one object; a comma-separated list is split by the fields that want lists. One that is
 * given twice is such a list: where only one can be meant it is refused, rather than the first be passed over.
 */
export function parameters(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries(
    [...searchParams.keys()].map((name) => [name, searchParams.getAll(name).join(",")]),
  );
}

/** More than any setting, or the name of a key, takes, bytes. */
const SMALL = 100_000;

/**
 * The JSON of a request's body; undefined where it is none. Whoever asks may have made it as long as they like: what is
 * beyond `most` bytes is not read, and is answered with 413 by `responding`.
 */
export async function readJson(request: Request, most = SMALL): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw new TooLongError(most);
    chunks.push(chunk);
  }
  const parsed = parseJson(Buffer.concat(chunks).toString());
  return parsed.ok ? parsed.value : undefined;
}

class TooLongError extends Error {
  constructor(most: number) {
    super(`The body may have at most ${most} bytes.`);
    this.name = "TooLongError";
  }
}
