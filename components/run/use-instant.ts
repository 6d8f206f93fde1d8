"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useRunAddress } from "@/components/run/use-run-address";
import { useNow } from "@/components/use-now";
import { toMillis } from "@/lib/base/format";
import { type Instant, parseInstant, toIso } from "@/lib/base/instant";
import { receiptsQuery, runQuery } from "@/lib/client/run-queries";
import { nextStop, someOf, stopFrom } from "@/lib/drawing/stops";

/** A thumb that is dragged passes many instants: only where it rests is asked for. */
const REST_MS = 120;
/** A larger run's answers are not fetched on the mere chance that they are wanted. */
const PREFETCH_UP_TO = 2_000;
/** Playing visits at most so many stops, and time alone changes the picture at most so often. */
const MOST_PLAYED = 60;
const PARTS = 200;

/** The instant that the page stands at, and the ways to others. */
export interface PageInstant {
  readonly from: number;
  readonly to: number;
  readonly stops: readonly number[];
  /** Epoch milliseconds; `to` where the page shows the present. */
  readonly value: number;
  readonly isPast: boolean;
  /** What is shown is the answer of that instant. */
  readonly ready: boolean;
  move(value: number, settled: boolean): void;
  step(by: number): void;
  toStart(): void;
  /** One step on while it plays. False at the end. */
  advance(): boolean;
}

export function usePageInstant(runId: string): PageInstant | undefined {
  const client = useQueryClient();
  const [address, go] = useRunAddress();
  const { data: told } = useQuery(receiptsQuery(runId));
  const { data: present } = useQuery(runQuery(runId));
  const { data: shown, isPlaceholderData } = useQuery(runQuery(runId, address.at));
  const clock = useNow(5_000);
  const [dragged, setDragged] = useState<number>();
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(resting.current), []);

  const stops = useMemo(() => told?.receipts.map(({ at }) => toMillis(at)) ?? [], [told]);
  const from = stops[0];
  const isOver = present !== undefined && present.summary.state === "finished";
  // A run that has ended does not stretch on: the right end is its last word, and the present.
  const to = Math.max(isOver ? (stops.at(-1) ?? clock) : clock, (from ?? 0) + 1);
  const asked = address.at === undefined ? undefined : parseInstant(address.at);
  const value = dragged ?? asked ?? to;
  const isPast = dragged === undefined ? asked !== undefined : dragged < to;

  const show = useCallback(
    (next: number) => {
      const isFirst = new URLSearchParams(window.location.search).get("at") === null;
      // Back leads to the present, and not through each instant that was passed.
      go({ at: next >= to ? undefined : toIso(Math.round(next) as Instant) }, isFirst ? "push" : "replace");
    },
    [go, to],
  );
  const settle = useCallback(
    (next: number) => {
      clearTimeout(resting.current);
      setDragged(undefined);
      show(next);
    },
    [show],
  );
  const move = useCallback(
    (next: number, settled: boolean) => {
      if (settled) return settle(next);
      setDragged(next);
      clearTimeout(resting.current);
      resting.current = setTimeout(() => show(next), REST_MS);
    },
    [show, settle],
  );
  const changesAt = shown?.diagnosis.nextChangeAt ?? null;
  const after = useCallback(
    (some: readonly number[]) => {
      const change = changesAt === null || !isPast ? null : toMillis(changesAt);
      return nextStop(some, value, change, (to - (from ?? to)) / PARTS);
    },
    [changesAt, isPast, value, from, to],
  );
  const advance = useCallback(() => {
    if (!isPast) return false;
    const next = after(someOf(stops, MOST_PLAYED));
    settle(next === undefined || next >= to ? to : next);
    return next !== undefined && next < to;
  }, [after, isPast, settle, stops, to]);

  const nodes = shown?.nodes.length ?? 0;
  const ready = !isPlaceholderData && dragged === undefined;
  useEffect(() => {
    if (!isPast || !ready || nodes > PREFETCH_UP_TO) return;
    const near = [after(stops), after(someOf(stops, MOST_PLAYED)), stopFrom(stops, value, -1)];
    for (const at of new Set(near)) {
      if (at !== undefined && at < to)
        void client.prefetchQuery(runQuery(runId, toIso(Math.round(at) as Instant)));
    }
  }, [client, runId, isPast, ready, nodes, stops, value, after, to]);

  if (from === undefined) return undefined;
  return {
    ...{ from, to, stops, value: Math.min(value, to), isPast, ready, move, advance },
    step: (by) => {
      const next = by === 1 ? after(stops) : stopFrom(stops, value, by);
      settle(next ?? (by > 0 ? to : from));
    },
    toStart: () => settle(from),
  };
}
