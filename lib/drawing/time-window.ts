/** The part of a run's time that a drawing shows, in ms since the epoch. */
import { type Instant, parseInstant, toIso } from "../base/instant.ts";

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

const SECOND = 1_000;
/** The narrowest and the widest that is shown; a run of more than a month still fits whole. */
export const LEAST_SPAN = SECOND;
export const MOST_SPAN = 31 * 24 * 3_600 * SECOND;

/** Brought back to what can be shown: from a second to a month wide, its middle within the run. */
export function fitWindow({ from, to }: TimeWindow, whole: TimeWindow): TimeWindow {
  const most = Math.max(MOST_SPAN, whole.to - whole.from);
  const span = Math.min(most, Math.max(LEAST_SPAN, to - from));
  const middle = Math.min(whole.to, Math.max(whole.from, (from + to) / 2));
  return { from: middle - span / 2, to: middle + span / 2 };
}

/** `factor` times as near, the instant `at` staying in its place. */
export function zoomWindow(window: TimeWindow, at: number, factor: number, whole: TimeWindow): TimeWindow {
  const most = Math.max(MOST_SPAN, whole.to - whole.from);
  const span = window.to - window.from;
  const next = Math.min(most, Math.max(LEAST_SPAN, span / factor));
  const share = (at - window.from) / span;
  const from = at - share * next;
  return fitWindow({ from, to: from + next }, whole);
}

/** Moved by a share of its own width: 1 is the next page of time. */
export function panWindow({ from, to }: TimeWindow, share: number, whole: TimeWindow): TimeWindow {
  const by = (to - from) * share;
  return fitWindow({ from: from + by, to: to + by }, whole);
}

/** Two fingers that lie nearer to one another than this are taken to lie so far apart: a hair's breadth is no measure, px. */
const LEAST_PINCH = 24;

/** What two fingers make of it that were at `before` and are at `now`, px from its left: what is under each stays there. */
export function pinchWindow(
  window: TimeWindow,
  before: readonly [number, number],
  now: readonly [number, number],
  width: number,
  whole: TimeWindow,
): TimeWindow {
  const apart = ([a, b]: readonly [number, number]) => Math.max(LEAST_PINCH, Math.abs(a - b));
  const middle = ([a, b]: readonly [number, number]) => (a + b) / 2 / width;
  const at = window.from + middle(before) * (window.to - window.from);
  const near = zoomWindow(window, at, apart(now) / apart(before), whole);
  return panWindow(near, middle(before) - middle(now), whole);
}

/** As wide as before, beginning or ending where the run does. */
export function windowAtEdge(window: TimeWindow, edge: "start" | "end", whole: TimeWindow): TimeWindow {
  const span = window.to - window.from;
  return edge === "start"
    ? fitWindow({ from: whole.from, to: whole.from + span }, whole)
    : fitWindow({ from: whole.to - span, to: whole.to }, whole);
}

/** `2026-11-23T02:00:00.000Z~2026-11-23T03:00:00.000Z`, as an address holds it. */
export function writeWindow({ from, to }: TimeWindow): string {
  return `${toIso(Math.round(from) as Instant)}~${toIso(Math.round(to) as Instant)}`;
}

/** Undefined where the text is no window: two instants, the first before the second. */
export function readWindow(text: string): TimeWindow | undefined {
  const [first = "", second = "", ...more] = text.split("~");
  const [from, to] = [parseInstant(first), parseInstant(second)];
  if (from === undefined || to === undefined || more.length > 0 || from >= to) return undefined;
  return { from, to };
}

/** Parts of a bar, from 0 to 1 along it, as far as the window shows them: of any length, never longer than the drawing. */
export function clipParts<T extends { readonly from: number; readonly to: number }>(
  parts: readonly T[],
  bar: TimeWindow,
  window: TimeWindow,
): { readonly bar: TimeWindow; readonly parts: T[] } | undefined {
  const from = Math.max(bar.from, window.from);
  const to = Math.min(bar.to, window.to);
  if (to <= from) return undefined;
  const length = bar.to - bar.from;
  const share = (part: number) => (bar.from + part * length - from) / (to - from);
  const shown = parts.flatMap((part) => {
    const [a, b] = [Math.max(0, share(part.from)), Math.min(1, share(part.to))];
    return b > a ? [{ ...part, from: a, to: b }] : [];
  });
  return { bar: { from, to }, parts: shown };
}
