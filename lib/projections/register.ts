import { canonicalJson } from "../base/canonical-json.ts";
import { byCodeUnit } from "../base/compare.ts";
import type { Instant } from "../base/instant.ts";
import type { Event } from "../events/event.ts";

/** When something was said, on both clocks, and by which message. */
export interface Moment {
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly messageId: string;
}

/** A value with the moment that it was said: the newest wins. */
export interface Register<T> extends Moment {
  readonly value: T;
}

/** The moment of an event. */
export function momentOf(event: Event): Moment {
  return { at: event.occurredAt, receivedAt: event.receivedAt, messageId: event.messageId };
}

/** Orders moments by their own clock; the message's hash breaks ties, so that the order never depends on arrival. */
function compareMoments(a: Moment, b: Moment): number {
  return a.at - b.at || byCodeUnit(a.messageId, b.messageId);
}

/**
 * Orders what was said at one moment by one message, or by beats, which have none: by the value's canonical JSON, since
 * one that was stored has its keys in another order.
 */
function compareValues(
  a: Moment & { readonly value?: unknown },
  b: Moment & { readonly value?: unknown },
): number {
  return a.value === b.value ? 0 : byCodeUnit(canonicalJson(a.value), canonicalJson(b.value));
}

/** The earlier moment; of equal ones that with the lesser value, and of the same value the one received first. */
export function firstOf<M extends Moment>(a: M | undefined, b: M): M {
  if (a === undefined) return b;
  const order = compareMoments(b, a) || compareValues(b, a) || b.receivedAt - a.receivedAt;
  return order < 0 ? b : a;
}

/** The later moment; of equal ones that with the greater value, and of the same value the one received first. */
export function lastOf<M extends Moment>(a: M | undefined, b: M): M {
  if (a === undefined) return b;
  const order = compareMoments(b, a) || compareValues(b, a) || a.receivedAt - b.receivedAt;
  return order > 0 ? b : a;
}

/** Writes a value into a register, keeping the newest. */
export function write<T>(current: Register<T> | undefined, event: Event, value: T): Register<T> {
  return lastOf(current, { ...momentOf(event), value });
}
