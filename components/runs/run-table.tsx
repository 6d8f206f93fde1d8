// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

"use client";

import { RUN_COLUMNS, RunRow } from "@/components/runs/run-row";
import { useHeldOrder } from "@/components/runs/use-held-order";
import { cx } from "@/components/ui/cx";
import { type GridColumn, GridHead } from "@/components/ui/grid-head";
import { formatQuantity } from "@/lib/base/format";
import type { RunSummary } from "@/lib/contract/runs";

export interface RunTableProps {
  runs: readonly RunSummary[];
  /** Names the question that these runs answer; another one may reorder them under the pointer. */
  question: string;
  ruleTitles: Readonly<Record<string, string>>;
  /** Of the question before, while the answer to this one is on its way. */
  stale: boolean;
}

const HEAD: readonly GridColumn[] = [
  ["Pipeline", ""],
  ["Run", "max-sm:hidden"],
  ["Done", "max-sm:hidden"],
  ["Took", ""],
  ["Last sign of life", "max-md:hidden"],
  ["Started", "max-lg:hidden"],
];

export function RunTable({ runs, question, ruleTitles, stale }: RunTableProps) {
  const { rows, waiting, handlers } = useHeldOrder(runs, question, "wait");
  return (
    <table
      role="table"
      aria-label="Runs, newest first"
      aria-busy={stale}
      className={cx("block transition-opacity duration-150", stale && "opacity-50")}
    >
      <GridHead
        columns={cx("gap-x-3 sm:gap-x-3.5", RUN_COLUMNS)}
        head={HEAD}
        sign="State"
        note={
          waiting > 0 && (
            <span className="ml-2.5 inline-block animate-appear font-normal tracking-normal text-muted">
              {formatQuantity(waiting, "newer run")} held back while you are here
            </span>
          )
        }
      />
      <tbody role="rowgroup" className="block" {...handlers}>
        {rows.map(({ item, gone }) => (
          <RunRow key={item.id} run={item} gone={gone} reason={reasonOf(item, ruleTitles)} />
        ))}
      </tbody>
    </table>
  );
}

function reasonOf(run: RunSummary, titles: Readonly<Record<string, string>>): string | undefined {
  // In a run that goes on some steps wait for others: that is no news.
  if (run.rule === null || (run.state === "progressing" && run.rule === "blocked-upstream")) return undefined;
  return titles[run.rule] ?? run.rule;
}
