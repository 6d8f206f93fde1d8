"use client";

import { createContext, useCallback, useContext, useSyncExternalStore } from "react";

/** The server's clock when it rendered the page: the first "now" of server and browser alike. */
export const PageStart = createContext<number>(0);

/** The instant that stands for the present below it: a page that shows what was known then counts ages until then. */
export const PastInstant = createContext<number | undefined>(undefined);

interface Channel {
  value: number;
  readonly listeners: Set<() => void>;
}

/** One channel per interval, one timer for all: a page with a thousand ages has one timer. */
const channels = new Map<number, Channel>();
let timer: ReturnType<typeof setInterval> | undefined;
let timerPeriod = 0;
/** What must be added to this machine's clock to get the server's. */
let skew = 0;

/** Below this, a difference is more likely the network's delay than a wrong clock. */
const BELIEVABLE_DELAY = 3_000;

function clock(): number {
  return Date.now() + skew;
}

/**
 * A laptop whose clock is five minutes ahead would call everything five minutes old. Whoever holds a fresh
 * answer of the server tells its instant here, and when it came by this machine's clock.
 */
export function noteServerInstant(at: number, heardAt = Date.now()): void {
  const difference = at - heardAt;
  const learnt = Math.abs(difference) > BELIEVABLE_DELAY ? difference : 0;
  // Small changes are the network's; following them would make the seconds stutter.
  if (Math.abs(learnt - skew) < BELIEVABLE_DELAY) return;
  skew = learnt;
  tick();
}

/** The page itself is such an answer: its first byte left the server right after `renderedAt`. */
export function notePageStart(renderedAt: number): void {
  const [visit] = performance.getEntriesByType("navigation");
  if (!(visit instanceof PerformanceNavigationTiming) || visit.responseStart === 0) return;
  noteServerInstant(renderedAt, performance.timeOrigin + visit.responseStart);
}

function channelOf(interval: number): Channel {
  let channel = channels.get(interval);
  if (!channel) {
    channel = { value: clock(), listeners: new Set() };
    channels.set(interval, channel);
  }
  return channel;
}

function tick(): void {
  const now = clock();
  for (const [interval, channel] of channels) {
    // A timer may fire a little early; without the slack a whole turn would be lost.
    if (channel.listeners.size > 0 && Math.abs(now - channel.value) >= interval - 50) {
      channel.value = now;
      for (const listener of [...channel.listeners]) listener();
    }
  }
}

function stop(): void {
  clearInterval(timer);
  timer = undefined;
  timerPeriod = 0;
}

function schedule(): void {
  const wanted = [...channels].filter(([, c]) => c.listeners.size > 0).map(([interval]) => interval);
  if (wanted.length === 0 || document.hidden) {
    stop();
    return;
  }
  const period = Math.max(250, Math.min(...wanted));
  if (period === timerPeriod) return;
  stop();
  timer = setInterval(tick, period);
  timerPeriod = period;
}

function onVisibility(): void {
  if (!document.hidden) tick();
  schedule();
}

function subscribe(interval: number, listener: () => void): () => void {
  if (![...channels.values()].some((c) => c.listeners.size > 0)) {
    document.addEventListener("visibilitychange", onVisibility);
  }
  const channel = channelOf(interval);
  channel.listeners.add(listener);
  schedule();
  return () => {
    channel.listeners.delete(listener);
    schedule();
    if (![...channels.values()].some((c) => c.listeners.size > 0)) {
      document.removeEventListener("visibilitychange", onVisibility);
    }
  };
}

function read(interval: number): number {
  const channel = channelOf(interval);
  // Nobody kept it current while nobody listened.
  if (channel.listeners.size === 0 && Math.abs(clock() - channel.value) >= interval) channel.value = clock();
  return channel.value;
}

/**
 * The present, renewed every `intervalMs` while the tab is visible. The first value is the server's, so that
 * what the browser hydrates is what the server printed: `start`, else the page's.
 */
export function useNow(intervalMs = 1_000, start?: number): number {
  const pageStart = useContext(PageStart);
  const past = useContext(PastInstant);
  const first = start ?? pageStart;
  return useSyncExternalStore(
    useCallback((listener: () => void) => subscribe(intervalMs, listener), [intervalMs]),
    () => past ?? read(intervalMs),
    () => past ?? first,
  );
}
