"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSize } from "@/components/graph/use-size";
import { ZoomButtons } from "@/components/graph/zoom-buttons";
import { useRunAddress } from "@/components/run/use-run-address";
import { isShortcut } from "@/components/shortcuts";
import { ChartRow } from "@/components/timeline/chart-row";
import { LitMark } from "@/components/timeline/lit-mark";
import { PathLines } from "@/components/timeline/path-lines";
import { RowTip } from "@/components/timeline/row-tip";
import { wordsOf } from "@/components/timeline/row-words";
import { AXIS, STRIP, TimeAxis } from "@/components/timeline/time-axis";
import { GridLines, InstantLine, PointerLine } from "@/components/timeline/time-lines";
import type { Timeline } from "@/components/timeline/timeline-model";
import { type TipPlace, useRowTip } from "@/components/timeline/use-row-tip";
import { useTimeGestures, windowByKey } from "@/components/timeline/use-time-gestures";
import { useTimeWindow } from "@/components/timeline/use-time-window";
import { zoneOffset } from "@/components/timeline/zone-offset";
import { useTimeZone } from "@/components/use-time-zone";
import { weighings } from "@/components/verdicts/verdict-words";
import { formatClock } from "@/lib/base/format";
import { type Instant, toIso } from "@/lib/base/instant";
import type { RunResource } from "@/lib/contract/runs";
import type { TimelineAttempt } from "@/lib/contract/timeline";
import type { VerdictChangeResource } from "@/lib/contract/verdict-history";
import { foldGroups } from "@/lib/drawing/fold-groups";
import { ticks, timeScale, toTime } from "@/lib/drawing/time-scale";
import { zoomWindow } from "@/lib/drawing/time-window";
import { worstOverTime } from "@/lib/drawing/worst-over-time";

const ROW = 44;

export interface TimelineChartProps {
  run: RunResource;
  timeline: Timeline;
  attempts: ReadonlyMap<string, readonly TimelineAttempt[]>;
  changes: readonly VerdictChangeResource[];
  /** The whole time that can be shown. */
  from: number;
  to: number;
  /** Up to when what goes on is drawn. */
  now: number;
  /** Before this nothing of the run had been received, whenever it happened. */
  known: number;
  mark: "now" | "end" | "at";
  selected: string | undefined;
}

const NONE: readonly TimelineAttempt[] = [];

export function TimelineChart(props: TimelineChartProps) {
  const { run, timeline, attempts, changes, from, to, now, known, mark, selected } = props;
  const [, go] = useRunAddress();
  const zone = useTimeZone();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [size, measure] = useSize();
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const turn = useCallback((id: string) => {
    setTurned((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const rows = useMemo(() => {
    const kept = new Set(run.diagnosis.blockers.map(({ nodeKey }) => nodeKey));
    if (selected !== undefined) kept.add(selected);
    return foldGroups(timeline.order, { turned, kept });
  }, [run, timeline, selected, turned]);
  const path = useMemo(() => new Set(timeline.path), [timeline]);
  const said = useMemo(() => {
    // What only waited for others was right to: red over it would blame the wrong row.
    const blamed = changes.filter(({ ruleClass }) => ruleClass === "stuck");
    const byNode = Map.groupBy(blamed, ({ nodeKey }) => nodeKey);
    return new Map([...byNode].map(([key, own]) => [key, worstOverTime(weighings(own), now)]));
  }, [changes, now]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => element,
    estimateSize: () => ROW,
    overscan: 8,
    // Always there, so that nothing jumps when the first verdict comes.
    paddingStart: AXIS + STRIP,
    scrollPaddingStart: AXIS + STRIP,
  });
  // The link's node is what one came to see; later choices are already under the pointer.
  const first = useRef(selected);
  useEffect(() => {
    if (!element) return;
    const index = rows.findIndex((row) => row.id === first.current);
    first.current = undefined;
    if (index > 0) virtual.scrollToIndex(index, { align: "center" });
  }, [element, rows, virtual]);

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
  const line = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  const tip = useRowTip();
  useTimeGestures(element, {
    ...{ window, whole, show, width: plot, left: names, axis: AXIS - 4 },
    onPoint: (x) => {
      if (!line.current || !words.current) return;
      line.current.hidden = x === undefined;
      if (x === undefined) return;
      line.current.style.transform = `translateX(${names + x}px)`;
      words.current.textContent = formatClock(toTime(scale, x), zone, true);
      words.current.style.translate = x > plot - 70 ? "calc(-100% - 9px)" : "";
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
  const select = useCallback((node: string) => go({ node }), [go]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (windowByKey(event, { window, whole, show })) return;
    if (event.key === "Escape") tip.hide();
    const row = event.target instanceof Element ? event.target.closest("[data-key]") : null;
    const by = isShortcut(event, "rowUp") ? -1 : isShortcut(event, "rowDown") ? 1 : undefined;
    if (!row || by === undefined) return;
    event.preventDefault();
    const next = rows.findIndex(({ id }) => id === row.getAttribute("data-key")) + by;
    const id = rows[next]?.id;
    if (id === undefined) return;
    virtual.scrollToIndex(next);
    const focus = () => element?.querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"]`)?.focus();
    requestAnimationFrame(focus);
  };
  const pointed = tip.place && timeline.times.get(tip.place.key);
  const markText = mark === "at" ? formatClock(now, zone, true) : mark;
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
        onScroll={tip.hide}
        className="absolute inset-0 touch-pan-y overflow-x-hidden overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div className="relative min-h-full" style={{ height: virtual.getTotalSize() }}>
          <GridLines {...{ axis, scale, names }} />
          <ul aria-label="Nodes, in the order of the work">
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index];
              return (
                row && (
                  <li
                    key={row.id}
                    aria-setsize={rows.length}
                    aria-posinset={index + 1}
                    className="absolute inset-x-0"
                    style={{ top: start, height: ROW }}
                  >
                    <ChartRow
                      {...{ row, timeline, scale, zone, names, now }}
                      attempts={attempts.get(row.id) ?? NONE}
                      said={said.get(row.id)}
                      selected={row.id === selected}
                      critical={path.has(row.id)}
                      onSelect={select}
                      onTurn={turn}
                    />
                  </li>
                )
              );
            })}
          </ul>
          <PathLines
            {...{ rows, timeline, scale, names }}
            row={ROW}
            top={AXIS + STRIP}
            shown={virtual.range}
          />
          <TimeAxis
            {...{ axis, scale, names, zone, changes }}
            until={now}
            mark={{ at: now, text: markText }}
          />
          <LitMark {...{ scale, names, rows }} row={ROW} top={AXIS + STRIP} />
          <InstantLine at={now} past={mark === "at"} {...{ scale, names }} />
        </div>
      </section>
      <PointerLine line={line} words={words} />
      {tip.place && pointed && (
        <RowTip
          label={pointed.node.label}
          words={wordsOf(pointed, attempts.get(tip.place.key) ?? NONE, {
            ...{ now, zone, critical: path.has(tip.place.key) },
          })}
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

/** The most room that a tooltip takes, px. */
const TIP = { width: 330, height: 170 };

/** Below the row, or above it where there is no room below; never over the row itself. */
function placeOf({ x, row }: TipPlace, element: HTMLElement | null, names: number) {
  const box = element?.getBoundingClientRect();
  if (!box) return { left: 0, top: 0, bottom: undefined };
  const left = Math.max(8, Math.min(Math.max(names, x - box.left + 12), box.width - TIP.width));
  const fits = row.bottom + TIP.height < box.bottom;
  return fits
    ? { left, top: row.bottom - box.top + 4, bottom: undefined }
    : { left, top: undefined, bottom: box.bottom - row.top + 4 };
}
