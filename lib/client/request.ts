import type * as z from "zod/mini";
import { type Problem, problem } from "../contract/problem.ts";

/** Longer than nearly any answer of ours takes; a request that hangs must not look like a page that is live. */
const PATIENCE_MS = 10_000;

/** A request that brought no answer of use. `status` is undefined where none came at all. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number | undefined;
  readonly problems: Problem["problems"];

  constructor(message: string, status?: number, problems: Problem["problems"] = [], cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.problems = problems;
  }
}

/** Asks our own server, and lets through only what the contract describes. Throws RequestError. */
export async function request<T extends z.ZodMiniType>(
  path: string,
  schema: T,
  init: RequestInit = {},
  patienceMs = PATIENCE_MS,
): Promise<z.infer<T>> {
  return read(await ask(path, init, patienceMs), schema);
}

/** An answer that may be long, with the tag by which the server knows it again. */
export interface Tagged<T> {
  readonly data: T;
  readonly tag: string | null;
}

/** The same of a long answer: where it is still the one from before, it is neither sent nor read again. */
export async function requestUnlessSame<T extends z.ZodMiniType>(
  path: string,
  schema: T,
  before: Tagged<z.infer<T>> | undefined,
  init: RequestInit = {},
  patienceMs = PATIENCE_MS,
): Promise<Tagged<z.infer<T>>> {
  const headers = before?.tag ? { "If-None-Match": before.tag } : undefined;
  const response = await ask(path, { ...init, ...(headers && { headers }) }, patienceMs);
  if (before && response.status === 304) return before;
  return { data: await read(response, schema), tag: response.headers.get("ETag") };
}

async function read<T extends z.ZodMiniType>(response: Response, schema: T): Promise<z.infer<T>> {
  const body = await readJson(response);
  if (!response.ok) throw refusal(response, body);
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new RequestError(
      "The server answered in a form that this page does not know. Reload the page: the server may be newer.",
      response.status,
      parsed.error.issues.map((issue) => ({ path: issue.path.join("."), reason: issue.message })),
      parsed.error,
    );
  }
  return parsed.data;
}

async function ask(path: string, init: RequestInit, patienceMs: number): Promise<Response> {
  const timeout = AbortSignal.timeout(patienceMs);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    return await fetch(path, { ...init, signal, headers: { Accept: "application/json", ...init.headers } });
  } catch (error) {
    // Whoever cancels wants silence, not an error to show.
    if (init.signal?.aborted) throw error;
    const reason = timeout.aborted
      ? `The server did not answer within ${patienceMs / 1_000} s.`
      : "The server could not be reached.";
    throw new RequestError(reason, undefined, [], error);
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // A proxy's page, or nothing; the status says the rest.
    return undefined;
  }
}

function refusal(response: Response, body: unknown): RequestError {
  const told = problem.safeParse(body);
  return told.success
    ? new RequestError(told.data.error, response.status, told.data.problems)
    : new RequestError(
        `The server answered ${response.status} ${response.statusText}`.trim(),
        response.status,
      );
}
