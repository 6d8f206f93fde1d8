import * as z from "zod/mini";
import { type Instant, parseInstant, toIso } from "../base/instant.ts";

/** An instant on our wire: ISO 8601 in UTC. */
export const wireInstant = z.iso.datetime({ offset: true });

/** Writes an instant for the wire; unknown is null. */
export function toWire(at: Instant): string;
export function toWire(at: Instant | null | undefined): string | null;
export function toWire(at: Instant | null | undefined): string | null {
  return at === null || at === undefined ? null : toIso(at);
}

/** Reads an instant of our own wire; null stays null. Throws where the text is none: our own server wrote it. */
export function fromWire(text: string): Instant;
export function fromWire(text: string | null): Instant | null;
export function fromWire(text: string | null): Instant | null {
  if (text === null) return null;
  const at = parseInstant(text);
  if (at === undefined) throw new Error(`not an instant on the wire: ${text}`);
  return at;
}
