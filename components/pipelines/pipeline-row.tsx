// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

import Link from "next/link";
import { markWord, pipelineHref } from "@/components/pipelines/pipeline-words";
import { LiveAge } from "@/components/runs/live-time";
import { shownState } from "@/components/runs/run-words";
import { cx } from "@/components/ui/cx";
import { StateShape } from "@/components/ui/state-shape";
import { Duration } from "@/components/ui/time";
import { formatCount, formatQuantity } from "@/lib/base/format";
import type { PipelineSummary, RunMark } from "@/lib/contract/pipelines";

export const PIPELINE_COLUMNS =
  "sm:grid-cols-[minmax(0,1fr)_96px_96px] md:grid-cols-[minmax(0,1fr)_340px_96px_96px_88px]";

/** One pipeline: a row of five columns, or two lines on a phone. The whole row leads to its page. */
export function PipelineRow({ pipeline }: { pipeline: PipelineSummary }) {
  const { name, namespace, source, integration, latest, usual, openRuns, attention } = pipeline;
  const newest = latest[0];
  const where = [namespace, ...(source === namespace ? [] : [source]), ...(integration ? [integration] : [])];
  return (
    <tr
      role="row"
      className={cx(
        "relative grid items-center gap-x-3.5 gap-y-1 border-b border-line2 px-4 py-2.5 last:border-0 hover:bg-line2/50",
        "grid-cols-[minmax(0,1fr)_auto] max-sm:px-3",
        PIPELINE_COLUMNS,
      )}
    >
      <td role="cell" className="min-w-0">
        <span className="flex min-w-0 items-center gap-2">
          {newest && <StateShape state={shownState(newest)} size={15} className="md:hidden" />}
          <Link
            href={pipelineHref(pipeline)}
            prefetch={false}
            title={name}
            className="mono block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {name}
          </Link>
        </span>
        <span className="block truncate text-sm text-muted">{where.join(" · ")}</span>
      </td>
      <td role="cell" className="max-md:hidden">
        <Marks latest={latest} />
      </td>
      <td role="cell" className="tabular-nums max-md:hidden">
        {usual ? <Duration ms={usual.medianMs} /> : <span className="text-faint">not known</span>}
      </td>
      <td role="cell" className="text-muted tabular-nums max-sm:hidden">
        {openRuns === 0 ? "none" : openRuns > attention && formatCount(openRuns)}
        {openRuns > attention && attention > 0 && ", "}
        {attention > 0 && <span className="font-medium text-text">{formatCount(attention)} held</span>}
      </td>
      <td role="cell" className="text-muted max-sm:text-right max-sm:text-sm">
        {newest && <LiveAge at={newest.startedAt} className="relative" />}
        {attention > 0 && (
          <span className="block font-medium text-text tabular-nums sm:hidden">
            {formatQuantity(attention, "run")} held
          </span>
        )}
      </td>
    </tr>
  );
}

/** The latest runs, the newest at the right, in words for those who do not see them. */
function Marks({ latest }: { latest: readonly RunMark[] }) {
  const counts = new Map<string, number>();
  for (const run of latest) counts.set(markWord(run), (counts.get(markWord(run)) ?? 0) + 1);
  const words = [...counts].map(([word, n]) => `${n} ${word.toLowerCase()}`).join(", ");
  return (
    <span role="img" aria-label={`Latest runs: ${words}`} className="flex gap-[3px]">
      {latest.toReversed().map((run) => (
        <StateShape
          key={run.id}
          state={shownState(run)}
          size={13}
          decorative
          className={shownState(run) === "finished" ? "opacity-55" : ""}
        />
      ))}
    </span>
  );
}
