import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { isLoopback } from "../env.ts";
import { processWide } from "../process-wide.ts";

/** What the check of keys sees of a request. */
export interface Visit {
  /** The other end of the socket; undefined where Next runs alone and we do not hold it. */
  readonly remoteAddress: string | undefined;
  /** Whether a proxy says that it speaks for somebody else. */
  readonly isForwarded: boolean;
  /** Whether a browser made it for a page of another site. */
  readonly isCrossSite: boolean;
  readonly host: string | undefined;
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
}

/** Any of them means that the socket's other end is not the one who asks. */
const FORWARDED = ["x-forwarded-for", "forwarded", "x-real-ip", "via"] as const;

const here = () => processWide("visit", () => new AsyncLocalStorage<Visit>());

export function visitOfSocket(request: IncomingMessage): Visit {
  const { headers } = request;
  const { host, authorization, cookie } = headers;
  return {
    remoteAddress: request.socket.remoteAddress ?? "",
    isForwarded: FORWARDED.some((name) => headers[name] !== undefined),
    isCrossSite: isCrossSite({ get: (name) => headers[name]?.toString() ?? null }),
    ...{ host, authorization, cookie },
  };
}

/**
 * The visit that a page or route handler answers. Next fills in X-Forwarded-For by itself, so that only our own server,
 * which saw the request first, can tell; where Next runs alone, nobody can.
 */
export function visitOf(request: Request): Visit {
  return visitHere() ?? visitOfHeaders(request.headers);
}

export function visitOfHeaders(headers: { get(name: string): string | null }): Visit {
  return {
    remoteAddress: undefined,
    isForwarded: true,
    isCrossSite: isCrossSite(headers),
    host: headers.get("host") ?? undefined,
    authorization: headers.get("authorization") ?? undefined,
    cookie: headers.get("cookie") ?? undefined,
  };
}

/** The visit that our own server noted before it handed the request on; undefined where Next runs alone. */
export function visitHere(): Visit | undefined {
  return here().getStore();
}

/** Does work of which everything, pages and route handlers included, knows the visit. */
export function during<T>(visit: Visit, work: () => T): T {
  return here().run(visit, work);
}

/**
 * Why a request may not change anything of ours: it was made by a page of another site. Browsers say from where a
 * request comes; what is no browser says nothing, and carries nothing of which another site could make use.
 */
export function isCrossSite(headers: { get(name: string): string | null }): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = headers.get("origin");
  if (origin === null) return false;
  const hosts = [headers.get("host"), headers.get("x-forwarded-host")];
  return !URL.canParse(origin) || !hosts.includes(new URL(origin).host);
}

/** Whether a request was made on this machine: it came over loopback, and no proxy passed it on. */
export function isFromThisMachine({ remoteAddress, isForwarded }: Visit): boolean {
  // An IPv6 socket shows IPv4 as ::ffff:127.0.0.1.
  return !isForwarded && isLoopback((remoteAddress ?? "").replace(/^::ffff:/i, ""));
}

/** Whether the address that was asked for is a name of this machine for itself, which no other site's page can have. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(host ?? "")?.[1] ?? "";
  return isLoopback(name.replace(/^\[|\]$/g, ""));
}
