import type { IncomingMessage, ServerResponse } from "node:http";
import type { Handler } from "../http.ts";
import { admit, type KeyRefusal } from "./admit.ts";
import { during, visitHere, visitOfHeaders, visitOfSocket } from "./visit.ts";

/**
 * What is for everyone, since it tells nothing of any run: whether the server is well, the page where one signs in and
 * what it is made of, and the schemas of our facets.
 */
const OPEN_PATHS: ReadonlySet<string> = new Set([
  ...["/healthz", "/readyz", "/sign-in", "/theme.js", "/icon.svg", "/favicon.ico"],
  ...["/api/v1/session", "/api/v1/session/end"],
]);
const OPEN_FOLDERS = ["/_next/static/", "/schemas/"] as const;

/** Whether a path is for everyone. One that could be read in two ways is not. */
export function isForEveryone(address: string): boolean {
  const path = address.split(/[?#]/, 1)[0] ?? "";
  if (OPEN_PATHS.has(path)) return true;
  if (/[%\\]|\/\/|\/\.{1,2}(\/|$)/.test(path)) return false;
  return OPEN_FOLDERS.some((folder) => path.startsWith(folder));
}

/** Asks whoever wants a page, or an answer of the API, for a key, where one is needed. */
export function guardPages(pages: Handler): Handler {
  return async (request, response) => {
    const visit = visitOfSocket(request);
    const address = request.url ?? "/";
    const admission = isForEveryone(address) ? undefined : await admit(visit, "read");
    if (admission && !admission.ok) return turnAway(admission, request, response);
    return during(visit, () => pages(request, response));
  };
}

/** The same where Next runs alone; undefined where the request is let in, or was by our own server. */
export async function guardWeb(request: Request): Promise<Response | undefined> {
  if (visitHere()) return undefined;
  const { pathname, search } = new URL(request.url);
  if (isForEveryone(pathname)) return undefined;
  const admission = await admit(visitOfHeaders(request.headers), "read");
  if (admission.ok) return undefined;
  const accept = request.headers.get("accept") ?? undefined;
  const asked = { method: request.method, address: pathname + search, accept };
  const { status, headers, body } = refusalOfPage(admission, asked);
  return new Response(body, { status, headers });
}

function turnAway(refusal: KeyRefusal, request: IncomingMessage, response: ServerResponse): void {
  const { method = "GET", url = "/", headers } = request;
  const { status, body, ...more } = refusalOfPage(refusal, { method, address: url, accept: headers.accept });
  // The body of what is turned away is not read.
  if (!request.complete) response.setHeader("Connection", "close");
  response.writeHead(status, more.headers);
  response.end(body);
}

/** How a refusal is told: to a browser that opens a page by sending it to where one signs in, to all else as JSON. */
function refusalOfPage(
  { status, reason, problem, headers }: KeyRefusal,
  asked: { method: string; address: string; accept: string | undefined },
): { status: number; headers: Record<string, string>; body: string } {
  const noStore = { "Cache-Control": "no-store" };
  if (isPage(asked) && status !== 503) {
    const search = new URLSearchParams({ next: asked.address, ...(reason !== "missing" && { why: reason }) });
    return { status: 303, headers: { ...noStore, Location: `/sign-in?${search}` }, body: "" };
  }
  return {
    status,
    headers: { ...noStore, ...headers, "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify(problem),
  };
}

function isPage({
  method,
  address,
  accept = "",
}: {
  method: string;
  address: string;
  accept: string | undefined;
}) {
  if (method !== "GET" && method !== "HEAD") return false;
  return accept.includes("text/html") && !address.startsWith("/api/");
}
