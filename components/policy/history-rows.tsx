"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Where } from "@/components/policy/override-rows";
import { valueWords } from "@/components/policy/threshold-words";
import { LiveAge } from "@/components/runs/live-time";
import { Button } from "@/components/ui/button";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { PolicyHistory, ThresholdResource } from "@/lib/contract/policy";

export interface HistoryRowsProps {
  history: UseInfiniteQueryResult<InfiniteData<PolicyHistory>>;
  thresholds: readonly ThresholdResource[];
}

/** Who changed what when, newest first. */
export function HistoryRows({ history, thresholds }: HistoryRowsProps) {
  const changes = history.data?.pages.flatMap((page) => page.changes);
  if (!changes) return <SkeletonRows rows={3} />;
  if (changes.length === 0) return <p className="px-4 py-3 text-muted max-sm:px-3">Nothing yet.</p>;
  return (
    <>
      <ol aria-label="What was changed">
        {changes.map(({ id, threshold, value, before, pipeline, node, who, at, note }) => {
          const unit = thresholds.find((t) => t.name === threshold)?.unit ?? "";
          return (
            <li
              key={id}
              className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5 border-b border-line2 px-4 py-2 last:border-0 max-sm:px-3"
            >
              <span className="text-muted">
                <LiveAge at={at} />
              </span>{" "}
              <span className="min-w-0 font-medium wrap-anywhere">{who}</span>{" "}
              <span className="text-muted">{value === null ? "took away" : "set"}</span>{" "}
              <span className="mono min-w-0 text-sm wrap-anywhere">{threshold}</span>{" "}
              <span className="tabular-nums">
                {before !== null && <span className="text-muted">{valueWords(before, unit)}</span>}
                {before !== null && value !== null && <span className="text-muted"> → </span>}
                {value !== null && <b className="font-semibold">{valueWords(value, unit)}</b>}
              </span>{" "}
              <Where pipeline={pipeline} node={node} />{" "}
              {note && <span className="min-w-0 text-pretty wrap-anywhere text-muted">{note}</span>}
            </li>
          );
        })}
      </ol>
      {history.hasNextPage && (
        <div className="border-t border-line2 px-4 py-2">
          <Button
            size="sm"
            disabled={history.isFetchingNextPage}
            onClick={() => void history.fetchNextPage()}
          >
            Show older
          </Button>
        </div>
      )}
    </>
  );
}
