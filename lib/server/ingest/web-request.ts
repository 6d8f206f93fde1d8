import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { Answer } from "./answer.ts";

/** A web request as the ingest functions take it. */
export function incoming(request: Request): {
  stream: Readable;
  encoding: string | undefined;
  type: string | undefined;
} {
  const body = request.body as ReadableStream | null;
  return {
    stream: body ? Readable.fromWeb(body) : Readable.from([]),
    encoding: request.headers.get("content-encoding") ?? undefined,
    type: request.headers.get("content-type") ?? undefined,
  };
}

/** An answer as a web response. */
export function toResponse(answer: Answer): Response {
  return Response.json(answer.body, { status: answer.status, headers: { ...answer.headers } });
}
