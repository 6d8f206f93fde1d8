import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { guardIngest } from "../keys/guard-ingest.ts";
import { visitOf } from "../keys/visit.ts";
import type { Answer } from "./answer.ts";

/** A web request as the ingest functions take it. */
interface Incoming {
  readonly stream: Readable;
  readonly encoding: string | undefined;
  readonly type: string | undefined;
}

/** Answers a post of events or beats that came by Next. */
export async function answerWeb(
  request: Request,
  accept: (incoming: Incoming) => Promise<Answer>,
): Promise<Response> {
  const { body, status, headers } = await guardIngest(visitOf(request), () => accept(incoming(request)));
  return Response.json(body, { status, headers: { ...headers } });
}

/** The body of a web request as a stream of Node's. */
export function bodyOf(request: Request): Readable {
  const body = request.body as ReadableStream | null;
  return body ? Readable.fromWeb(body) : Readable.from([]);
}

function incoming(request: Request): Incoming {
  return {
    stream: bodyOf(request),
    encoding: request.headers.get("content-encoding") ?? undefined,
    type: request.headers.get("content-type") ?? undefined,
  };
}
