import type { IncomingMessage, ServerResponse } from "node:http";
import { acceptHeartbeats, acceptLineage } from "./ingest/accept.ts";
import { acceptBatch } from "./ingest/accept-batch.ts";
import type { Answer } from "./ingest/answer.ts";
import { batchThreads } from "./ingest/batch-threads.ts";
import { guardIngest } from "./keys/guard-ingest.ts";
import { visitOfSocket } from "./keys/visit.ts";
import { refuseUnread } from "./refuse-unread.ts";

type Accept = (incoming: {
  stream: IncomingMessage;
  encoding: string | undefined;
  type: string | undefined;
}) => Promise<Answer>;

/** Where Next answers alone, batches are read in its own thread: no other can be started from what it bundles. */
const acceptBatchBeside: Accept = (incoming) => acceptBatch(incoming, (part) => batchThreads().read(part));

/** The paths that producers post to. They are answered before Next sees them, which costs an eighth of the time. */
const DOORS: Readonly<Record<string, Accept>> = {
  "/api/v1/lineage": acceptLineage,
  "/lineage": acceptLineage,
  "/api/v1/lineage/batch": acceptBatchBeside,
  "/lineage/batch": acceptBatchBeside,
  "/api/v1/heartbeats": acceptHeartbeats,
};

/** How much of a body is thrown away, and for how long, for the sake of an answer that its sender can read: bytes, ms. */
const THROWN_AWAY = 1024 ** 2;
const PATIENCE_MS = 2_000;

/** Answers a post of events or beats; false where the request is something else, and is left as it was. */
export async function answerIngest(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const accept = doorOf(request.url ?? "");
  if (!accept || request.method === "OPTIONS") return false;
  if (request.method !== "POST") {
    // Whoever looks at the address that they gave their producer learns that it is the right one.
    const error = "Here is where producers post. There is nothing to be read.";
    refuseUnread(request, response, { status: 405, error, allow: "POST, OPTIONS" });
    return true;
  }
  const { "content-encoding": encoding, "content-type": type } = request.headers;
  const answer = await guardIngest(visitOfSocket(request), () => accept({ stream: request, encoding, type }));
  if (isUnread(request)) await throwAway(request);
  // A body that was refused half-read would otherwise be taken for the next request on this connection.
  if (!request.complete) response.setHeader("Connection", "close");
  response.writeHead(answer.status, { "Content-Type": "application/json; charset=utf-8", ...answer.headers });
  response.end(JSON.stringify(answer.body));
  return true;
}

/** The door that an address leads to, however many slashes are in it. */
function doorOf(address: string): Accept | undefined {
  const [path = ""] = address.split("?", 1);
  if (Object.hasOwn(DOORS, path)) return DOORS[path];
  const tidy = path.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  return Object.hasOwn(DOORS, tidy) ? DOORS[tidy] : undefined;
}

/** An empty body has ended without a byte that was read. */
function isUnread(request: IncomingMessage): boolean {
  return !request.readableDidRead && !request.readableEnded && !request.destroyed;
}

/** Reads a body that nobody wants: cut off in the middle of it, most clients would see a broken connection. */
async function throwAway(request: IncomingMessage): Promise<void> {
  let size = 0;
  await new Promise<void>((done) => {
    const stop = () => {
      clearTimeout(patience);
      request.pause();
      done();
    };
    const patience = setTimeout(stop, PATIENCE_MS);
    request
      .on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > THROWN_AWAY) stop();
      })
      .once("end", stop)
      .once("close", stop);
  });
}
