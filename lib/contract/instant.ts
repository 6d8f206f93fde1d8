import * as z from "zod/mini";
import { type Instant, toIso } from "../base/instant.ts";

/** An instant on our wire: ISO 8601 in UTC. */
export const wireInstant = z.iso.datetime({ offset: true });

/** Writes an instant for the wire; unknown is null. */
export function toWire(at: Instant): string;
export function toWire(at: Instant | null | undefined): string | null;
export function toWire(at: Instant | null | undefined): string | null {
  return at === null || at === undefined ? null : toIso(at);
}
