"use client";

import type { ReactNode } from "react";
import { tookMs, usualWords } from "@/components/pipelines/pipeline-words";
import { Duration } from "@/components/ui/time";
import { useNow } from "@/components/use-now";
import { useTimeZone } from "@/components/use-time-zone";
import { formatDay, formatDuration, formatQuantity, toMillis } from "@/lib/base/format";
import type { PipelineDetail, PipelineRun } from "@/lib/contract/pipelines";
import { labelPlaces, trend } from "@/lib/drawing/trend";

export interface HistoryTrendsProps {
  pipeline: PipelineDetail;
  /** Oldest first. */
  runs: readonly PipelineRun[];
}

const TALL = 64;
const LOW = 26;
const GAP = 10;
const DAYS = 22;

/** How high all of it is: what stands below it must know. */
export function trendsHeight({ cache }: Pick<PipelineDetail, "cache">): number {
  return TALL + GAP + (LOW + GAP) * (cache.asked > 0 ? 2 : 1) + DAYS;
}

/** How long, how long stuck, how much reused: a bar for each run, over its column. */
export function HistoryTrends({ pipeline, runs }: HistoryTrendsProps) {
  const now = useNow(10_000);
  const { usual, cache } = pipeline;
  const took = runs.map((run) => tookMs(run) ?? now - toMillis(run.startedAt));
  const stuck = runs.map((run) => run.stuckMs);
  const known = stuck.flatMap((ms) => ms ?? []);
  const total = known.reduce((sum, ms) => sum + ms, 0);
  const reused = runs.map((run) => (run.cacheAsked ? run.nodesReused / run.cacheAsked : null));
  return (
    <>
      <TrendRow
        title="Took"
        height={TALL}
        words={
          usual && (
            <>
              usually <Duration ms={usual.medianMs} />
              <br />
              <span className="max-sm:hidden">
                p95 <Duration ms={usual.p95Ms} />
              </span>
            </>
          )
        }
        label={`How long ${formatQuantity(runs.length, "run")} took: ${usualWords(usual)}`}
        values={took}
        lines={usual ? [usual.medianMs, usual.p95Ms] : []}
        colours={runs.map((run) => DURATION[run.outcome ?? "open"])}
      />
      <TrendRow
        title="Stuck"
        height={LOW}
        words={known.length === 0 ? "not known" : total === 0 ? "none" : <Duration ms={total} />}
        label={
          known.length === 0
            ? "For how long they were stuck is not known"
            : `Stuck for ${formatDuration(total)} in all, of ${formatQuantity(known.length, "run")} of which it is known`
        }
        values={stuck}
        lines={[]}
        colours={runs.map(() => "var(--stuck)")}
      />
      {cache.asked > 0 && (
        <TrendRow
          title="Reused"
          height={LOW}
          top={1}
          words={`${Math.round((cache.reused / cache.asked) * 100)}%`}
          label={`Reused ${cache.reused} of ${formatQuantity(cache.asked, "node")} on which a cache decided`}
          values={reused}
          lines={[]}
          colours={runs.map(() => "color-mix(in oklab, var(--reuse) 60%, transparent)")}
        />
      )}
      <Days runs={runs} />
    </>
  );
}

const DURATION: Readonly<Record<NonNullable<PipelineRun["outcome"]> | "open", string>> = {
  completed: "color-mix(in oklab, var(--ghost) 70%, transparent)",
  failed: "color-mix(in oklab, var(--stuck) 75%, transparent)",
  aborted: "color-mix(in oklab, var(--ghost) 40%, transparent)",
  open: "color-mix(in oklab, var(--run) 75%, transparent)",
};

interface TrendRowProps {
  title: string;
  words: ReactNode;
  label: string;
  height: number;
  values: readonly (number | null)[];
  /** The median, and the end of the band above it. */
  lines: readonly number[];
  /** What fills the height; the highest otherwise. */
  top?: number;
  colours: readonly string[];
}

/** In the drawing a column is as wide as this, and its bar takes the middle of it. */
const COLUMN = 16;
const BAR = 8;

function TrendRow({ title, words, label, height, values, lines, top, colours }: TrendRowProps) {
  const drawn = trend(values, lines, height, top);
  const width = Math.max(1, values.length) * COLUMN;
  const [median, p95] = drawn.lines;
  return (
    <div className="grid grid-cols-[var(--names)_auto]" style={{ paddingTop: GAP }}>
      <div className="sticky left-0 z-10 flex items-end justify-between gap-3 bg-panel px-4 text-sm max-sm:pr-2">
        <span className="text-muted">{title}</span>
        <span className="text-right text-xs leading-[1.35] text-muted tabular-nums">{words}</span>
      </div>
      <svg
        role="img"
        aria-label={label}
        className="block w-[calc(var(--pitch)*var(--columns))]"
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
      >
        {median !== undefined && p95 !== undefined && (
          <rect
            x={0}
            y={height - p95}
            width={width}
            height={Math.max(1, p95 - median)}
            fill="var(--line2)"
            opacity={0.8}
          />
        )}
        <rect x={0} y={height - 1} width={width} height={1} fill="var(--line)" />
        {drawn.heights.map((bar, i) =>
          bar === undefined || bar === 0 ? null : (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
              key={i}
              x={i * COLUMN + (COLUMN - BAR) / 2}
              y={height - bar}
              width={BAR}
              height={bar}
              fill={colours[i]}
            />
          ),
        )}
        {median !== undefined && (
          <line
            x1={0}
            x2={width}
            y1={height - median}
            y2={height - median}
            stroke="var(--ghost)"
            strokeDasharray="3 3"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
    </div>
  );
}

/** Which day a column is of, where the day changes and there is room. */
function Days({ runs }: { runs: readonly PipelineRun[] }) {
  const zone = useTimeZone();
  const days = runs.map((run) => formatDay(run.startedAt, zone));
  return (
    <div aria-hidden="true" className="grid grid-cols-[var(--names)_auto]">
      <span className="sticky left-0 z-10 bg-panel" />
      <span
        className="relative block w-[calc(var(--pitch)*var(--columns))] text-2xs text-faint"
        style={{ height: DAYS }}
      >
        {labelPlaces(days, 3).map((i) => (
          <span
            key={i}
            className="absolute top-1 whitespace-nowrap"
            style={{ left: `calc(var(--pitch) * ${i} + 3px)` }}
          >
            {days[i]}
          </span>
        ))}
      </span>
    </div>
  );
}
