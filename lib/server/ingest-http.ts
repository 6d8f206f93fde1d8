import type { IncomingMessage, ServerResponse } from "node:http";
import { acceptHeartbeats, acceptLineage } from "./ingest/accept.ts";
import { acceptBatch } from "./ingest/accept-batch.ts";
import type { Answer } from "./ingest/answer.ts";
import { guardIngest } from "./keys/guard-ingest.ts";
import { visitOfSocket } from "./keys/visit.ts";

type Accept = (incoming: {
  stream: IncomingMessage;
  encoding: string | undefined;
  type: string | undefined;
}) => Promise<Answer>;

/** The paths that producers post to. They are answered before Next sees them, which costs an eighth of the time. */
const DOORS: Readonly<Record<string, Accept>> = {
  "/api/v1/lineage": acceptLineage,
  "/lineage": acceptLineage,
  "/api/v1/lineage/batch": acceptBatch,
  "/lineage/batch": acceptBatch,
  "/api/v1/heartbeats": acceptHeartbeats,
};

/** How much of a body is thrown away for the sake of an answer that its sender can read, bytes. */
const THROWN_AWAY = 1024 ** 2;

/** Answers a post of events or beats; false where the request is something else, and is left as it was. */
export async function answerIngest(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (request.method !== "POST") return false;
  const path = (request.url ?? "").split("?")[0]?.replace(/\/+$/, "") ?? "";
  const accept = Object.hasOwn(DOORS, path) ? DOORS[path] : undefined;
  if (!accept) return false;
  const { "content-encoding": encoding, "content-type": type } = request.headers;
  const answer = await guardIngest(visitOfSocket(request), () => accept({ stream: request, encoding, type }));
  // One without a byte in it has ended without having been read.
  if (!request.readableDidRead && !request.readableEnded) await throwAway(request);
  // A body that was refused half-read would otherwise be taken for the next request on this connection.
  if (!request.complete) response.setHeader("Connection", "close");
  response.writeHead(answer.status, { "Content-Type": "application/json; charset=utf-8", ...answer.headers });
  response.end(JSON.stringify(answer.body));
  return true;
}

/** Reads a body that nobody wants: cut off in the middle of it, most clients would see a broken connection. */
async function throwAway(request: IncomingMessage): Promise<void> {
  let size = 0;
  await new Promise<void>((done) => {
    request
      .on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= THROWN_AWAY) return;
        request.pause();
        done();
      })
      .once("end", done)
      .once("close", done);
  });
}
