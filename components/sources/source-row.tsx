// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

import Link from "next/link";
import { LiveAge } from "@/components/runs/live-time";
import { RhythmStrip } from "@/components/sources/rhythm";
import { SourceState } from "@/components/sources/source-state";
import { kindWords, skewWords, sourceHref, sumHours } from "@/components/sources/source-words";
import { cx } from "@/components/ui/cx";
import { formatCount, formatQuantity } from "@/lib/base/format";
import type { SourceSummary } from "@/lib/contract/sources";

export const SOURCE_COLUMNS =
  "sm:grid-cols-[minmax(0,1fr)_76px_112px_110px] lg:grid-cols-[minmax(0,1fr)_76px_112px_220px_96px_150px_84px]";

/** One source: a row of seven columns, or three lines on a phone. The whole row leads to its page. */
export function SourceRow({ source }: { source: SourceSummary }) {
  const { noted, refused } = sumHours(source.hours);
  return (
    <tr
      role="row"
      className={cx(
        "relative grid items-center gap-x-3.5 gap-y-1 border-b border-line2 px-4 py-2.5 last:border-0 hover:bg-line2/50",
        "grid-cols-[minmax(0,1fr)_auto] max-sm:px-3",
        SOURCE_COLUMNS,
      )}
    >
      <td role="cell" className="min-w-0">
        <Link
          href={sourceHref(source.name)}
          prefetch={false}
          title={source.name}
          className="mono block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {source.name}
        </Link>
        <span className="text-sm text-muted">{kindWords(source)}</span>
      </td>
      <td role="cell" className="max-sm:text-right">
        <SourceState state={source.state} />
      </td>
      <td role="cell" className="text-muted max-sm:text-sm">
        {source.lastReceivedAt ? (
          <LiveAge at={source.lastReceivedAt} className="relative" />
        ) : (
          <span className="text-faint">never</span>
        )}
      </td>
      <td role="cell" className="max-lg:hidden">
        <RhythmStrip hours={source.hours} />
      </td>
      <td
        role="cell"
        className={cx("max-lg:hidden", source.skewSeconds === 0 ? "text-muted" : "font-medium text-slow")}
      >
        {skewWords(source)}
      </td>
      <td role="cell" className="text-muted tabular-nums max-lg:hidden">
        {refused > 0 && <span className="font-medium text-stuck">{formatCount(refused)} refused</span>}
        {refused > 0 && noted > 0 && ", "}
        {noted > 0 && `${formatCount(noted)} in part`}
        {refused === 0 && noted === 0 && "none"}
      </td>
      <td role="cell" className="text-muted tabular-nums max-sm:text-right max-sm:text-sm">
        {source.openRuns === 0 ? "none open" : formatQuantity(source.openRuns, "open", "open")}
        {refused > 0 && <span className="text-stuck lg:hidden"> · {formatCount(refused)} refused</span>}
      </td>
    </tr>
  );
}
