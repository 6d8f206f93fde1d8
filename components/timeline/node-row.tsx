"use client";

import { memo, useId } from "react";
import { isSettled, judgedWords, nodeState } from "@/components/graph/node-look";
import { AttemptBars } from "@/components/timeline/attempt-bars";
import { Bar } from "@/components/timeline/bar";
import { RowMarks } from "@/components/timeline/row-marks";
import { RowName } from "@/components/timeline/row-name";
import { wordsOf } from "@/components/timeline/row-words";
import type { NodeTime } from "@/components/timeline/timeline-model";
import { cx } from "@/components/ui/cx";
import { type StateName, StateShape, stateWord } from "@/components/ui/state-shape";
import { toMillis } from "@/lib/base/format";
import type { TimelineAttempt } from "@/lib/contract/timeline";
import type { TimeScale } from "@/lib/drawing/time-scale";
import type { Stretch } from "@/lib/drawing/worst-over-time";

export interface NodeRowProps {
  time: NodeTime;
  attempts: readonly TimelineAttempt[];
  /** What was said of it that is said no more, or is said still. */
  said: readonly Stretch[];
  scale: TimeScale;
  zone: string;
  /** Width of the names' column. */
  names: number;
  depth: number;
  now: number;
  selected: boolean;
  critical: boolean;
  onSelect: (key: string) => void;
}

/** Waited, ran, and what has been wrong since; the life line under it. */
export const NodeRow = memo(function NodeRow(props: NodeRowProps) {
  const { time, attempts, said, scale, zone, names, depth, now, selected, critical, onSelect } = props;
  const { node, startedAt, endedAt, waitedFrom, held } = time;
  const id = useId();
  const state = nodeState(node);
  const wrong =
    !isSettled(node.status) && node.verdict && LOUD.includes(state)
      ? toMillis(node.verdict.since)
      : undefined;
  // A run that was judged from its very start still has a bar.
  const since = wrong === undefined ? undefined : Math.max(wrong, startedAt ?? wrong);
  const told = wordsOf(time, attempts, { now, zone, critical });
  const isBad = state === "stuck" || state === "failed";
  return (
    <button
      type="button"
      aria-pressed={selected}
      aria-describedby={id}
      data-key={node.key}
      onClick={() => onSelect(node.key)}
      className={cx(
        "relative block size-full select-none overflow-hidden border-b border-line2 text-left hover:bg-line2/50 focus-visible:-outline-offset-2",
        selected &&
          "forced-colors:outline-2 forced-colors:-outline-offset-4 forced-colors:outline-[Highlight]",
        selected && (isBad ? "bg-stuck-bg/60 hover:bg-stuck-bg/60" : "bg-line2/70"),
      )}
    >
      <RowName width={names} depth={depth} critical={critical}>
        <StateShape state={state} size={15} />
        <span
          className={cx(
            "mono min-w-0 truncate text-sm font-semibold",
            node.status === "planned" && "text-muted",
          )}
        >
          {node.label}
        </span>
      </RowName>
      <span id={id} hidden>
        {[told.head, ...told.lines].join(". ")}
      </span>
      <span
        aria-hidden="true"
        className="absolute inset-y-0 overflow-hidden"
        style={{ left: names, width: scale.width }}
      >
        {waitedFrom !== undefined && startedAt !== undefined && (
          <Bar scale={scale} from={waitedFrom} to={startedAt} className="bg-wait/25" />
        )}
        <AttemptBars {...{ time, scale, now }} attempts={attempts} judgedSince={since} />
        {critical && startedAt !== undefined && (
          <Bar scale={scale} from={startedAt} to={endedAt ?? now} height="under" className="bg-text" />
        )}
        {said.map(({ from, to }) => (
          <Bar key={from} {...{ scale, from, to }} hatched height="above" className="text-stuck" />
        ))}
        {since !== undefined && (
          <Bar
            scale={scale}
            from={since}
            to={now}
            hatched
            className={cx("overflow-hidden border px-1.5", HATCHED[state] ?? "border-stuck text-stuck")}
          >
            <span className="truncate text-xs leading-3 font-semibold">
              {judgedWords(node) ?? stateWord(state).toLowerCase()}
            </span>
          </Bar>
        )}
        {held && since === undefined && (
          <Bar scale={scale} from={held.since} to={now} className="overflow-hidden bg-wait/15 px-1.5">
            <span className="truncate text-xs leading-[14px] text-muted">waits for {held.by}</span>
          </Bar>
        )}
        <RowMarks attempts={attempts} scale={scale} />
      </span>
    </button>
  );
});

const LOUD: readonly StateName[] = ["stuck", "suspect", "slow", "unknown", "waiting"];

const HATCHED: Partial<Record<StateName, string>> = {
  stuck: "text-stuck border-stuck",
  suspect: "text-suspect border-suspect",
  slow: "text-slow border-slow",
  unknown: "text-wait border-wait",
  waiting: "text-wait border-wait",
};
