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

/** The earlier moment. */
export function firstOf<M extends Moment>(a: M | undefined, b: M): M {
  return a === undefined || compareMoments(b, a) < 0 ? b : a;
}

/** The later moment. Where two registers of one message differ, the greater value in JSON wins. */
export function lastOf<M extends Moment>(a: M | undefined, b: M): M {
  if (a === undefined) return b;
  const order = compareMoments(b, a) || byCodeUnit(JSON.stringify(b), JSON.stringify(a));
  return order > 0 ? b : a;
}

/** Writes a value into a register, keeping the newest. */
export function write<T>(current: Register<T> | undefined, event: Event, value: T): Register<T> {
  return lastOf(current, { ...momentOf(event), value });
}
