import type { IncomingMessage, ServerResponse } from "node:http";
import type { Problem } from "../contract/problem.ts";

export interface Unread {
  readonly status: number;
  readonly error: string;
  /** What may be asked instead. */
  readonly allow?: string;
}

/** Refuses a request whose body, where it has one, is not read: it would be taken for the next request on its connection. */
export function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  { status, error, allow }: Unread,
): void {
  if (!request.complete) response.setHeader("Connection", "close");
  if (allow !== undefined) response.setHeader("Allow", allow);
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
  response.end(JSON.stringify({ error, problems: [] } satisfies Problem));
}
