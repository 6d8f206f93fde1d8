import type { IncomingMessage, ServerResponse } from "node:http";
import { liveQuery } from "../contract/live.ts";
import type { Problem } from "../contract/problem.ts";
import { liveHub } from "./live/live-hub.ts";
import { LiveStream } from "./live/live-stream.ts";

/**
 * Answers `GET /api/v1/live?topic=…` with a stream of server-sent events; false where the request is something else.
 * It is answered here, as ingest is, since Next would compress it, and hold back what it compresses.
 */
export async function answerLive(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  if (request.method !== "GET" || pathname !== "/api/v1/live") return false;
  const asked = liveQuery.safeParse({ topic: searchParams.getAll("topic") });
  if (!asked.success) {
    const problems = asked.error.issues.map(({ path, message }) => ({
      path: path.join("."),
      reason: message,
    }));
    refuse(response, 400, { error: "The request is not understood.", problems });
    return true;
  }
  const hub = liveHub();
  if (!hub.hasRoom) {
    refuse(response, 503, { error: "As many streams are open as this server keeps.", problems: [] });
    return true;
  }
  try {
    await hub.ready();
  } catch {
    refuse(response, 503, { error: "The store cannot tell of changes at the moment.", problems: [] });
    return true;
  }
  // Gone before it began.
  if (response.destroyed) return true;
  const stream = new LiveStream(response, asked.data.topic);
  response.once("close", () => hub.remove(stream));
  response.writeHead(200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    // Neither kept nor changed on its way: who compresses holds back.
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
  });
  hub.add(stream);
  return true;
}

function refuse(response: ServerResponse, status: number, problem: Problem): void {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    ...(status === 503 && { "Retry-After": "2" }),
  });
  response.end(JSON.stringify(problem));
}
