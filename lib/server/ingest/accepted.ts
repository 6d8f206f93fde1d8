import { hash } from "node:crypto";
import { canonicalJson, canonicalJsonOf } from "../../base/canonical-json.ts";
import type { Instant } from "../../base/instant.ts";
import type { Event, Told } from "../../events/event.ts";
import type { BeatSum } from "../../projections/beat-sum.ts";

/** A message that can be appended: read, translated, hashed. */
export interface Accepted {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly attemptId: string | null;
  readonly occurredAt: Instant;
  readonly receivedAt: Instant;
  /** As the log keeps it (`stored-body.ts`). */
  readonly body: Uint8Array;
  /** Of the body as it came, in bytes. */
  readonly size: number;
  readonly events: readonly Event[];
}

/** Beats of one request, added up by attempt: they are not kept as messages. */
export interface AcceptedBeats {
  readonly sums: readonly BeatSum[];
}

/**
 * The id of a message: the first 128 bits of the SHA-256 over its canonical JSON, written as a UUID.
 * The same content gives the same id, however it was spaced or its keys were ordered. With the text that it was parsed
 * from the same id is found sooner.
 */
export function messageIdOf(message: unknown, text?: string): string {
  const canonical = text === undefined ? canonicalJson(message) : canonicalJsonOf(text, message);
  const hex = hash("sha256", canonical, "hex");
  const part = (from: number, to: number) => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`;
}

/** Adds to what was told which message told it, and when we received that. */
export function stamped(told: readonly Told[], messageId: string, receivedAt: Instant): Event[] {
  return told.map((t) => ({ ...t, messageId, receivedAt }));
}
