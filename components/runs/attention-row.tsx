"use client";

import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { memo } from "react";
import { askAhead } from "@/components/run/ask-ahead";
import { CopyCommand } from "@/components/runs/copy-command";
import { Elapsed } from "@/components/runs/live-time";
import { rowHeadline, runHref, shownState, spokenRun, stripLabel } from "@/components/runs/run-words";
import { toneText } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { HeartbeatStrip } from "@/components/ui/heartbeat-strip";
import { StateShape, stateTone } from "@/components/ui/state-shape";
import { TextWithCode } from "@/components/ui/text-with-code";
import { formatCount, shortId } from "@/lib/base/format";
import type { RunSummary } from "@/lib/contract/runs";

export interface AttentionRowProps {
  run: RunSummary;
  /** It needs no attention any more; its place is kept until the pointer leaves. */
  gone: boolean;
}

/** What happened, where, since when. The whole row leads to the run; the button alone does something else. */
export const AttentionRow = memo(function AttentionRow({ run, gone }: AttentionRowProps) {
  const client = useQueryClient();
  const state = shownState(run);
  return (
    <li
      onPointerDown={() => askAhead(client, run)}
      className={cx(
        "relative grid animate-appear items-center gap-x-3.5 border-b border-line2 px-4 py-[13px] transition-opacity last:border-0 hover:bg-line2/50",
        "grid-cols-[24px_minmax(0,1fr)_auto] max-sm:p-3 sm:grid-cols-[28px_minmax(0,1fr)_104px_116px]",
        "lg:grid-cols-[28px_minmax(0,1fr)_190px_104px_116px]",
        gone && "opacity-55",
      )}
    >
      <StateShape key={state} state={state} size={20} className="animate-appear" />
      <div className="min-w-0">
        <Link
          href={runHref(run)}
          prefetch={false}
          className="font-medium text-pretty wrap-anywhere after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <TextWithCode text={rowHeadline(run)} codeClassName="font-bold" />
        </Link>
        <p className="mt-px text-sm text-muted tabular-nums wrap-anywhere">
          {gone ? "No longer needs attention" : <Whereabouts run={run} />}
        </p>
      </div>
      <div className="max-lg:hidden">
        <HeartbeatStrip segments={run.strip} label={stripLabel(run.strip)} />
        <p className="mt-0.5 truncate text-xs text-faint" title={run.source}>
          {run.source}
        </p>
      </div>
      <div className={cx("text-right font-semibold", toneText(stateTone(state)))}>
        {run.since && (
          <>
            <span className="sr-only">for </span>
            <Elapsed from={run.since} to={null} />
          </>
        )}
      </div>
      <div className="text-right max-sm:hidden">
        {run.command && !gone && (
          <CopyCommand command={run.command} of={spokenRun(run)} className="relative" />
        )}
      </div>
    </li>
  );
});

function Whereabouts({ run }: { run: RunSummary }) {
  return (
    <>
      {run.pipeline} · run <span title={run.id}>{shortId(run.id)}</span>
      {run.holds > 0 && (
        <>
          {" · "}
          <span className="whitespace-nowrap">
            holds {formatCount(run.holds)} of {formatCount(run.nodesTotal)}
          </span>
        </>
      )}
      {/* Where there is room for it, but none for the life line that it else stands under. */}
      <span className="max-sm:hidden lg:hidden"> · {run.source}</span>
    </>
  );
}
