// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type MouseEvent, memo } from "react";
import { pipelineHref } from "@/components/pipelines/pipeline-words";
import { askAhead } from "@/components/run/ask-ahead";
import { Elapsed, LiveAge } from "@/components/runs/live-time";
import { runHref, shownState } from "@/components/runs/run-words";
import { cx } from "@/components/ui/cx";
import { StateShape } from "@/components/ui/state-shape";
import { formatCount, shortId } from "@/lib/base/format";
import type { RunSummary } from "@/lib/contract/runs";

export const RUN_COLUMNS =
  "sm:grid-cols-[28px_minmax(0,1fr)_64px_112px_72px] md:grid-cols-[28px_minmax(0,1fr)_72px_120px_88px_120px] lg:grid-cols-[28px_minmax(0,1fr)_96px_140px_110px_150px_120px]";

export interface RunRowProps {
  run: RunSummary;
  /** The rule's title, where a rule says why it has not finished, or notes something of it. */
  reason: string | undefined;
  gone: boolean;
}

/** One run: a row of seven columns, or two lines on a phone. Explicit roles survive the grid. */
export const RunRow = memo(function RunRow({ run, reason, gone }: RunRowProps) {
  const router = useRouter();
  const client = useQueryClient();
  const state = shownState(run);
  const href = runHref(run);
  return (
    <tr
      role="row"
      onPointerDown={() => askAhead(client, run)}
      onClick={(event) => followRow(event, href, router.push)}
      className={cx(
        "group/run relative grid animate-appear items-center border-b border-line2 px-4 transition-opacity last:border-0 hover:bg-line2/50",
        "grid-cols-[18px_minmax(0,1fr)_auto] gap-x-3 py-2.5 max-sm:px-3 sm:h-11 sm:py-0 sm:gap-x-3.5",
        RUN_COLUMNS,
        gone && "opacity-55",
      )}
    >
      <td role="cell" className="leading-none max-sm:row-span-2 sm:pl-0.5">
        <StateShape key={state} state={state} size={16} className="animate-appear" />
      </td>
      <td role="cell" className="flex min-w-0 items-baseline gap-2.5">
        <Link
          href={href}
          prefetch={false}
          title={run.pipeline}
          className="min-w-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {run.pipeline}
        </Link>
        {reason && (
          <span className="min-w-0 shrink-[4] truncate text-sm text-muted max-sm:hidden">{reason}</span>
        )}
        <Link
          href={pipelineHref({ namespace: run.namespace, name: run.pipeline })}
          prefetch={false}
          aria-label={`History of ${run.pipeline}`}
          title="All runs of this pipeline, side by side"
          className="relative flex-none self-center rounded-sm p-0.5 text-faint opacity-0 group-hover/run:opacity-100 hover:text-text focus-visible:opacity-100 max-sm:hidden"
        >
          <History aria-hidden="true" size={14} />
        </Link>
      </td>
      <td role="cell" className="max-sm:col-start-2 max-sm:row-start-2 max-sm:min-w-0 max-sm:truncate">
        <span className="mono text-muted max-sm:text-xs" title={run.id}>
          {shortId(run.id)}
        </span>
        <span className="text-sm text-muted tabular-nums sm:hidden">
          {" · "}
          <Done run={run} />
          {reason && ` · ${reason}`}
        </span>
      </td>
      <td role="cell" className="tabular-nums max-sm:hidden">
        <Done run={run} />
      </td>
      <td role="cell" className="max-sm:col-start-3 max-sm:row-start-1 max-sm:text-right">
        {run.startedAt ? <Elapsed from={run.startedAt} to={run.endedAt} /> : <Unknown />}
      </td>
      <td
        role="cell"
        className="text-muted max-md:sm:hidden max-sm:col-start-3 max-sm:row-start-2 max-sm:text-right max-sm:text-sm"
      >
        {/* Above the row's link, so that the exact time can be hovered. */}
        {run.lastSignAt ? <LiveAge at={run.lastSignAt} className="relative" /> : <Unknown />}
      </td>
      <td role="cell" className="text-muted max-lg:hidden">
        {run.startedAt ? <LiveAge at={run.startedAt} className="relative" /> : <Unknown />}
      </td>
    </tr>
  );
});

function Done({ run }: { run: RunSummary }) {
  return (
    <>
      {formatCount(run.nodesDone)} <span className="text-muted">of</span> {formatCount(run.nodesTotal)}
    </>
  );
}

function Unknown() {
  return <span className="text-faint">not known</span>;
}

/** A click beside the row's link, as on a time that can be hovered, is a click on it. */
function followRow(event: MouseEvent, href: string, go: (href: string) => void): void {
  if (event.target instanceof Element && event.target.closest("a, button")) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) window.open(href, "_blank", "noopener");
  else go(href);
}
