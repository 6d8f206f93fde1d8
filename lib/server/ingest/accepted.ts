import { createHash } from "node:crypto";
import { canonicalJson } from "../../base/canonical-json.ts";
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
  readonly body: string;
  readonly events: readonly Event[];
}

/** Beats of one request, added up by attempt: they are not kept as messages. */
export interface AcceptedBeats {
  readonly sums: readonly BeatSum[];
}

/**
 * The id of a message: the first 128 bits of the SHA-256 over its canonical JSON, written as a UUID.
 * The same content gives the same id, however it was spaced or its keys were ordered.
 */
export function messageIdOf(message: unknown): string {
  const hex = createHash("sha256").update(canonicalJson(message)).digest("hex").slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Adds to what was told which message told it, and when we received that. */
export function stamped(told: readonly Told[], messageId: string, receivedAt: Instant): Event[] {
  return told.map((t) => ({ ...t, messageId, receivedAt }));
}
