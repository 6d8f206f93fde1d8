"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { compareHref } from "@/components/compare/compare-words";
import { Elapsed, LiveAge } from "@/components/runs/live-time";
import { sourceHref } from "@/components/sources/source-words";
import { toneText } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { stateTone } from "@/components/ui/state-shape";
import { ClockTime, Duration } from "@/components/ui/time";
import { formatCount, toMillis } from "@/lib/base/format";
import type { RunResource } from "@/lib/contract/runs";

const LASTED = {
  stuck: "Stuck for",
  suspect: "Suspect for",
  waiting: "Waiting for",
  slow: "Slow for",
  unknown: "Unknown for",
  progressing: "Running for",
  finished: "Took",
} as const;

/** When, how long, how long otherwise, from where, how much of it. */
export function RunFacts({ run }: { run: RunResource }) {
  const { summary, diagnosis, usualMs } = run;
  const { startedAt, endedAt } = summary;
  const { state } = diagnosis;
  const calm = state === "progressing" || state === "finished";
  const since = calm ? startedAt : (diagnosis.since ?? startedAt);
  // At a past instant what lasted, lasted until then.
  const until = calm ? endedAt : null;
  const source = diagnosis.sources.find((s) => s.name === summary.source);
  return (
    <div className="mt-2 flex flex-wrap gap-x-[22px] gap-y-0.5 text-muted tabular-nums">
      {since && (
        <Fact>
          {LASTED[state]}{" "}
          <b className={cx("font-medium", calm ? "text-text" : toneText(stateTone(state)))}>
            {calm && endedAt && startedAt ? (
              <Duration ms={toMillis(endedAt) - toMillis(startedAt)} />
            ) : (
              <Elapsed from={since} to={until} />
            )}
          </b>
        </Fact>
      )}
      {startedAt && (
        <Fact>
          Started{" "}
          <b className="font-medium text-text">
            <ClockTime at={startedAt} />
          </b>
          , <LiveAge at={startedAt} />
        </Fact>
      )}
      {endedAt && (
        <Fact>
          Ended{" "}
          <b className="font-medium text-text">
            <ClockTime at={endedAt} />
          </b>
        </Fact>
      )}
      {usualMs !== null && (
        <Fact phone={false}>
          Usually takes{" "}
          <b className="font-medium text-text">
            <Duration ms={usualMs} />
          </b>
        </Fact>
      )}
      <Fact phone={false}>
        Source{" "}
        <Link
          href={sourceHref(summary.source)}
          prefetch={false}
          className="rounded-sm font-medium text-text hover:underline"
        >
          {summary.source}
        </Link>
        {source &&
          !endedAt &&
          (source.dark ? (
            <>
              , <span className="text-suspect">silent</span>
              {source.lastReceivedAt && (
                <>
                  {" "}
                  since <ClockTime at={source.lastReceivedAt} />
                </>
              )}
            </>
          ) : (
            source.lastReceivedAt && (
              <>
                , heard <LiveAge at={source.lastReceivedAt} />
              </>
            )
          ))}
      </Fact>
      {run.lastGoodId !== null && (
        <Fact>
          <Link
            href={compareHref(summary.id)}
            prefetch={false}
            className="rounded-sm text-accent hover:underline"
          >
            Compare with the last good run
          </Link>
        </Fact>
      )}
      {summary.nodesTotal > 0 && (
        <Fact phone={false}>
          {formatCount(summary.nodesDone)} of {formatCount(summary.nodesTotal)} done
          {summary.nodesReused > 0 && `, ${formatCount(summary.nodesReused)} reused`}
        </Fact>
      )}
    </div>
  );
}

function Fact({ phone = true, children }: { phone?: boolean; children: ReactNode }) {
  return <span className={cx(!phone && "max-sm:hidden")}>{children}</span>;
}
