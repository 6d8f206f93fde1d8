"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useSize } from "@/components/graph/use-size";
import { ZoomButtons } from "@/components/graph/zoom-buttons";
import { useRunAddress } from "@/components/run/use-run-address";
import { LitMark } from "@/components/timeline/lit-mark";
import { PointerLine } from "@/components/timeline/pointer-line";
import { RowTip } from "@/components/timeline/row-tip";
import { toldWords, wordsOf } from "@/components/timeline/row-words";
import { RowsCanvas } from "@/components/timeline/rows-canvas";
import { linesOf, type RunTimes } from "@/components/timeline/table-lines";
import { AXIS, STRIP, TimeAxis } from "@/components/timeline/time-axis";
import { TimelineTable } from "@/components/timeline/timeline-table";
import { useRowFocus } from "@/components/timeline/use-row-focus";
import { useRowTimes } from "@/components/timeline/use-row-times";
import { type TipPlace, useRowTip } from "@/components/timeline/use-row-tip";
import { useScrollToFirst } from "@/components/timeline/use-scroll-to-first";
import { useTile } from "@/components/timeline/use-tile";
import { useTimeGestures, windowByKey } from "@/components/timeline/use-time-gestures";
import { useTimeWindow } from "@/components/timeline/use-time-window";
import { zoneOffset } from "@/components/timeline/zone-offset";
import { useTimeZone } from "@/components/use-time-zone";
import { type Instant, toIso } from "@/lib/base/instant";
import type { VerdictChangeResource } from "@/lib/contract/verdict-history";
import type { FoldedRow } from "@/lib/drawing/fold-groups";
import { ticks, timeScale, toTime } from "@/lib/drawing/time-scale";
import { zoomWindow } from "@/lib/drawing/time-window";
import { marksOf, ROW, toldAt } from "@/lib/drawing/timeline-marks";

/** Above the rows: the axis, and what was said when. Always there, so that nothing jumps when the first verdict comes. */
const TOP = AXIS + STRIP;

/** What the instant under the pointer takes beside its line, px. */
const POINTER_ROOM = 100;

export interface TimelineChartProps {
  run: RunTimes;
  rows: readonly FoldedRow[];
  changes: readonly VerdictChangeResource[];
  /** The whole time that can be shown. */
  from: number;
  to: number;
  /** Before this nothing of the run had been received, whenever it happened. */
  known: number;
  mark: "now" | "end" | "at";
  selected: string | undefined;
  onSelect: (node: string) => void;
  onTurn: (id: string) => void;
}

export function TimelineChart(props: TimelineChartProps) {
  const { run, rows, changes, from, to, known, mark, selected, onSelect, onTurn } = props;
  const { timeline, now } = run;
  const [, go] = useRunAddress();
  const zone = useTimeZone();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [size, measure] = useSize();
  const lines = useMemo(() => linesOf(rows, run.attempts, false), [rows, run.attempts]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => element,
    estimateSize: () => ROW,
    overscan: 8,
    paddingStart: TOP,
    scrollPaddingStart: TOP,
  });
  useScrollToFirst(element, selected, lines, virtual);

  const narrow = (size?.width ?? 900) < 600;
  const names = narrow ? 116 : 176;
  const plot = Math.max(80, (size?.width ?? 900) - names - 24);
  const whole = useMemo(() => ({ from, to }), [from, to]);
  const [window, show] = useTimeWindow(whole);
  const scale = useMemo(() => timeScale(window.from, window.to, plot), [window, plot]);
  const axis = useMemo(
    () => ticks(scale, narrow ? 70 : 110, zoneOffset(scale.to, zone)),
    [scale, narrow, zone],
  );
  const { timesOf, path } = useRowTimes(rows, run);
  const tile = useTile(virtual, size?.height ?? 0);
  const pointedAt = (x: number, y: number) => {
    const box = element?.getBoundingClientRect();
    if (!element || !box || y - box.top < TOP) return undefined;
    const below = y - box.top + element.scrollTop - TOP;
    const row = timesOf(Math.floor(below / ROW));
    return row && toldAt(marksOf(row, scale), x - box.left - names, below % ROW);
  };
  const tip = useRowTip(pointedAt);
  const line = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  useTimeGestures(element, {
    ...{ window, whole, show, width: plot, left: names, axis: AXIS - 4 },
    onPoint: (x) => {
      if (!line.current || !words.current) return;
      line.current.hidden = x === undefined;
      if (x === undefined) return;
      line.current.style.transform = `translateX(${names + x}px)`;
      words.current.textContent = run.say(toTime(scale, x));
      words.current.style.translate = x > plot - POINTER_ROOM ? "calc(-100% - 9px)" : "";
    },
    onInstant: (at) => {
      const isPast = new URLSearchParams(location.search).has("at");
      const inside = Math.max(known, at);
      go(
        { at: inside >= to ? undefined : toIso(Math.round(inside) as Instant) },
        isPast ? "replace" : "push",
      );
    },
  });
  const focus = useRowFocus({
    ...{ lines, virtual, element, selected, onSelect, onTurn },
    isNode: (id) => timeline.times.has(id),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (windowByKey(event, { window, whole, show })) return;
    if (event.key === "Escape") tip.hide();
    focus.onKeyDown(event);
  };
  const pointed = tip.place && timeline.times.get(tip.place.key);
  const critical = tip.place !== undefined && run.path.has(tip.place.key);
  return (
    <div
      ref={measure}
      className="relative min-h-0 flex-1 overflow-hidden bg-panel max-lg:h-[420px] max-lg:flex-none"
      {...tip.handlers}
    >
      <section
        ref={setElement}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label="Timeline of the run"
        aria-keyshortcuts="Plus Minus 0 ArrowLeft ArrowRight Home End"
        onKeyDown={onKeyDown}
        onFocus={focus.onFocus}
        onScroll={tip.hide}
        className="absolute inset-0 touch-pan-y overflow-x-hidden overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div className="relative min-h-full" style={{ height: virtual.getTotalSize() }}>
          <TimelineTable
            plain={false}
            {...{ lines, run, names, selected, onSelect, onTurn }}
            stop={focus.stop}
            scrolling={virtual.isScrolling}
            items={virtual.getVirtualItems()}
            height={0}
          />
          <RowsCanvas
            {...{ timesOf, path, scale, now, tile }}
            instants={axis.at}
            past={mark === "at"}
            left={names}
            top={TOP}
            head={AXIS - 4}
          />
          <TimeAxis
            {...{ axis, scale, names, zone, changes }}
            say={run.say}
            until={now}
            mark={{ at: now, text: mark === "at" ? run.say(now) : mark }}
          />
          <LitMark {...{ scale, names, rows }} top={TOP} />
        </div>
      </section>
      <PointerLine line={line} words={words} />
      {tip.place && pointed && (
        <RowTip
          label={pointed.node.label}
          told={tip.place.pointed ? (tip.told ? toldWords(tip.told, run.say) : "") : undefined}
          words={wordsOf(pointed, run.attempts.get(tip.place.key) ?? [], { now, say: run.say, critical })}
          {...placeOf(tip.place, element, names)}
        />
      )}
      <ZoomButtons
        onZoom={(factor) => show(zoomWindow(window, (window.from + window.to) / 2, factor, whole))}
        onFit={() => show("all")}
      />
    </div>
  );
}

/** The room that most tooltips take, px. */
const TIP = { width: 330, height: 170 };

/** Below the row, or above it where there is more room; never over the row itself. */
function placeOf({ x, row }: TipPlace, element: HTMLElement | null, names: number) {
  const box = element?.getBoundingClientRect();
  if (!box) return { left: 0, top: 0, bottom: undefined };
  const left = Math.max(8, Math.min(Math.max(names, x - box.left + 12), box.width - TIP.width));
  const below = box.bottom - row.bottom;
  const fits = below > TIP.height || below > row.top - box.top;
  return fits
    ? { left, top: row.bottom - box.top + 4, bottom: undefined }
    : { left, top: undefined, bottom: box.bottom - row.top + 4 };
}
