import type { IncomingMessage, ServerResponse } from "node:http";
import { refuseUnread, type Unread } from "./refuse-unread.ts";

const OF_PAGES = ["GET", "HEAD", "OPTIONS"];
const ALL = [...OF_PAGES, "POST", "PUT", "PATCH", "DELETE"];

/**
 * Answers what nobody behind us would answer well, and says whether it did. An address that cannot be decoded, and a
 * method that nobody knows, would be a bare 500. What is posted to a page would be answered with that page and 200: a
 * producer whose address lacks its end would take its events for delivered.
 */
export function answerOdd(request: IncomingMessage, response: ServerResponse): boolean {
  const { method = "", url = "" } = request;
  const odd = oddityOf(method, url.split("?", 1)[0] ?? "");
  if (!odd) return false;
  if (method === "GET" && !url.startsWith("/api/")) {
    response.writeHead(odd.status, { "Content-Type": "text/plain; charset=utf-8" });
    response.end(`${odd.error}\n`);
  } else refuseUnread(request, response, odd);
  return true;
}

function oddityOf(method: string, path: string): Unread | undefined {
  if (!isReadable(path))
    return {
      status: 400,
      error:
        "This address is cut off or damaged: a % in it is not followed by two hexadecimal digits of UTF-8.",
    };
  // What begins with a _ is Next's own, and while pages reload it is posted to.
  const isForPrograms = /^\/(api(\/|$)|_)/.test(path);
  const allowed = isForPrograms ? ALL : OF_PAGES;
  if (allowed.includes(method)) return undefined;
  const error = isForPrograms
    ? `Nothing here is asked with ${method}.`
    : `${path} is a page, and takes nothing. Events are posted to /api/v1/lineage, beats to /api/v1/heartbeats.`;
  return { status: 405, error, allow: allowed.join(", ") };
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
