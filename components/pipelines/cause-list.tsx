"use client";

import Link from "next/link";
import { useRuleTitle } from "@/components/node/use-rule-title";
import { formatCount, formatQuantity } from "@/lib/base/format";
import type { PipelineDetail } from "@/lib/contract/pipelines";

const MOST = 8;

/** Which rules held these runs, or are noted of them: the most frequent first. */
export function CauseList({ pipeline }: { pipeline: PipelineDetail }) {
  const title = useRuleTitle();
  const { causes, runs } = pipeline;
  if (causes.length === 0) {
    return (
      <p className="px-4 py-3.5 text-muted max-sm:px-3">
        Nothing held the latest {formatQuantity(runs.length, "run")}, and nothing was noted of them.
      </p>
    );
  }
  return (
    <ul aria-label="Rules by the runs that they spoke of">
      {causes.slice(0, MOST).map(({ rule, runs: found, held }) => (
        <li
          key={rule}
          className="relative grid h-[34px] grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line2 px-4 last:border-0 hover:bg-line2/50 max-sm:px-3 sm:grid-cols-[260px_minmax(0,1fr)_190px]"
        >
          <Link
            href={`/rules/${rule}`}
            prefetch={false}
            className="truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {title(rule)}
          </Link>
          <span aria-hidden="true" className="flex h-2 max-sm:hidden">
            <span className="rounded-l-xs bg-stuck" style={{ width: `${(held / runs.length) * 100}%` }} />
            <span
              className="rounded-r-xs bg-wait/35"
              style={{ width: `${((found - held) / runs.length) * 100}%` }}
            />
          </span>
          <span className="text-right text-sm text-muted tabular-nums">
            {held > 0 && <b className="font-medium text-text">held {formatCount(held)}</b>}
            {held > 0 && held < found && ", "}
            {held < found && `noted in ${formatCount(found - held)}`} of {formatQuantity(runs.length, "run")}
          </span>
        </li>
      ))}
    </ul>
  );
}
