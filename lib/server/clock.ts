import type { Instant } from "../base/instant.ts";

/** Now, on our clock. The only place of the server that reads it, so that all else can be asked about any instant. */
export function now(): Instant {
  return Date.now() as Instant;
}
