"use client";

import { isSettled, judgedWords, nodeState, nodeWords } from "@/components/graph/node-look";
import type { TimelineRow } from "@/components/timeline/timeline-model";
import { cx } from "@/components/ui/cx";
import { HeartbeatStrip } from "@/components/ui/heartbeat-strip";
import { type StateName, StateShape, stateWord } from "@/components/ui/state-shape";
import { toMillis } from "@/lib/base/format";
import { type TimeScale, toX } from "@/lib/drawing/time-scale";

export interface NodeRowProps {
  row: TimelineRow;
  scale: TimeScale;
  /** Width of the names' column. */
  names: number;
  now: number;
  selected: boolean;
  onSelect: () => void;
}

/** Waited, ran, and what has been wrong since; the life line under it. */
export function NodeRow({ row, scale, names, now, selected, onSelect }: NodeRowProps) {
  const { node, startedAt, endedAt, waitedFrom, held } = row;
  const state = nodeState(node);
  const x = (at: number) => Math.max(0, Math.min(scale.width, toX(scale, at)));
  const open = startedAt !== undefined && endedAt === undefined;
  const stop = endedAt ?? (open ? now : undefined);
  const wrong =
    !isSettled(node.status) && node.verdict && LOUD.includes(state)
      ? toMillis(node.verdict.since)
      : undefined;
  // A run that was judged from its very start still has a bar.
  const since = wrong === undefined ? undefined : Math.max(wrong, startedAt ?? wrong);
  const words = judgedWords(node) ?? stateWord(state).toLowerCase();
  return (
    <button
      type="button"
      aria-pressed={selected}
      onClick={onSelect}
      className={cx(
        "relative block size-full border-b border-line2 text-left hover:bg-line2/50 focus-visible:-outline-offset-2",
        selected &&
          "forced-colors:outline-2 forced-colors:-outline-offset-4 forced-colors:outline-[Highlight]",
        selected &&
          (state === "stuck" || state === "failed" ? "bg-stuck-bg/60 hover:bg-stuck-bg/60" : "bg-line2/70"),
      )}
    >
      <span
        className="absolute top-1/2 left-4 flex -translate-y-1/2 items-center gap-2 max-sm:left-3"
        style={{ width: names - 24, paddingLeft: Math.min(row.depth, 4) * 10 }}
      >
        <StateShape state={state} size={15} />
        <span
          className={cx(
            "mono min-w-0 truncate text-sm font-semibold",
            node.status === "planned" && "text-muted",
          )}
        >
          {node.label}
        </span>
      </span>
      <span className="absolute inset-y-0" style={{ left: names, width: scale.width }}>
        {since === undefined && !held && <span className="sr-only">{nodeWords(node, undefined, now)}</span>}
        {waitedFrom !== undefined && startedAt !== undefined && (
          <Bar from={x(waitedFrom)} to={x(startedAt)} className="bg-wait/25" />
        )}
        {startedAt !== undefined && stop !== undefined && (
          <Bar
            from={x(startedAt)}
            to={x(since ?? stop)}
            className={cx(BARS[barState(node.status, state)], "opacity-85")}
          />
        )}
        {since !== undefined && (
          <Bar
            from={x(since)}
            to={x(now)}
            hatched
            className={cx("overflow-hidden border px-1.5", HATCHED[state] ?? "text-stuck border-stuck")}
          >
            <span className="truncate text-xs leading-3 font-semibold">{words}</span>
          </Bar>
        )}
        {held && since === undefined && (
          <Bar from={x(held.since)} to={x(now)} className="overflow-hidden bg-wait/15 px-1.5">
            <span className="truncate text-xs leading-[14px] text-muted">waits for {held.by}</span>
          </Bar>
        )}
        {startedAt !== undefined && stop !== undefined && node.strip.length > 0 && (
          <span
            className="absolute top-[30px]"
            style={{ left: x(startedAt), width: Math.max(2, x(stop) - x(startedAt)) }}
          >
            <HeartbeatStrip
              segments={node.strip}
              width={Math.max(2, x(stop) - x(startedAt))}
              height={6}
              label=""
              decorative
            />
          </span>
        )}
      </span>
    </button>
  );
}

const LOUD: readonly StateName[] = ["stuck", "suspect", "slow", "unknown", "waiting"];

const HATCHED: Partial<Record<StateName, string>> = {
  stuck: "text-stuck border-stuck",
  suspect: "text-suspect border-suspect",
  slow: "text-slow border-slow",
  unknown: "text-wait border-wait",
  waiting: "text-wait border-wait",
};

type BarKind = "ok" | "run" | "failed" | "reused" | "quiet";

const BARS: Readonly<Record<BarKind, string>> = {
  ok: "bg-ok",
  run: "bg-run",
  failed: "bg-stuck",
  reused: "bg-reuse",
  quiet: "bg-wait/60",
};

function barState(status: TimelineRow["node"]["status"], state: StateName): BarKind {
  if (status === "reused") return "reused";
  if (state === "finished") return "ok";
  if (state === "failed") return "failed";
  return status === "running" ? "run" : "quiet";
}

const HATCH =
  "repeating-linear-gradient(135deg, color-mix(in oklab, currentColor 26%, var(--panel)) 0 2px, color-mix(in oklab, currentColor 8%, var(--panel)) 2px 6px)";

interface BarProps {
  from: number;
  to: number;
  className: string;
  /** In the colour of its text: time that is judged. */
  hatched?: boolean;
  children?: React.ReactNode;
}

function Bar({ from, to, className, hatched = false, children }: BarProps) {
  return (
    <span
      className={cx("absolute top-3 flex h-3.5 items-center rounded-xs forced-colors:border", className)}
      style={{ left: from, width: Math.max(2, to - from), ...(hatched && { background: HATCH }) }}
    >
      {children}
    </span>
  );
}
