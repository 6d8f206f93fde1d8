"use client";

import type { ReactNode } from "react";
import { Elapsed } from "@/components/runs/live-time";
import { cx } from "@/components/ui/cx";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { type StateName, StateShape } from "@/components/ui/state-shape";
import { ClockTime } from "@/components/ui/time";
import { formatBytes, formatCount } from "@/lib/base/format";
import type { AttemptResource } from "@/lib/contract/nodes";

export const ATTEMPT_SHAPES: Readonly<Record<AttemptResource["status"], StateName>> = {
  waiting: "waiting",
  running: "progressing",
  superseded: "aborted",
  completed: "finished",
  failed: "failed",
  aborted: "aborted",
};

interface Aspect {
  readonly label: string;
  readonly of: (attempt: AttemptResource) => ReactNode;
}

/** What tells one try from another; a row of which no try says anything is left out. */
const ASPECTS: readonly Aspect[] = [
  { label: "Started", of: ({ startedAt }) => startedAt && <ClockTime at={startedAt} seconds /> },
  { label: "Ended", of: ({ endedAt }) => endedAt && <ClockTime at={endedAt} seconds /> },
  { label: "Took", of: took },
  { label: "Host", of: ({ host }) => host && <Mono>{host}</Mono> },
  { label: "Process", of: ({ pid }) => pid !== null && <Mono>{pid}</Mono> },
  {
    label: "Outputs written",
    of: ({ outputs }) =>
      outputs.length > 0 &&
      `${formatCount(outputs.filter((o) => o.state === "written" || o.state === "committed").length)} of ${formatCount(outputs.length)}`,
  },
  { label: "Beats", of: ({ life }) => life.beats > 0 && formatCount(life.beats) },
  {
    label: "Progress",
    of: ({ life: { progress } }) =>
      progress &&
      [formatCount(progress.done), progress.total !== null && `of ${formatCount(progress.total)}`]
        .filter(Boolean)
        .join(" "),
  },
  { label: "Memory", of: ({ life }) => life.rssBytes !== null && formatBytes(life.rssBytes) },
  { label: "Cache", of: ({ cache }) => cache?.status.toLowerCase().replaceAll("_", " ") },
  { label: "Error", of: ({ error }) => error?.split("\n")[0]?.slice(0, 160) },
];

function took({ startedAt, endedAt, status, lastHeardAt }: AttemptResource): ReactNode {
  if (!startedAt) return null;
  return <Elapsed from={startedAt} to={endedAt ?? (status === "superseded" ? lastHeardAt : null)} />;
}

/** The tries at a node beside each other, the latest first. */
export function AttemptsBeside({ attempts }: { attempts: readonly AttemptResource[] }) {
  const rows = ASPECTS.map(({ label, of }) => ({ label, cells: attempts.map(of) })).filter(({ cells }) =>
    cells.some(Boolean),
  );
  return (
    <Section title="Side by side">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Attempts side by side"
        className="-mx-[18px] overflow-x-auto focus-visible:-outline-offset-2"
      >
        <table className="w-full text-left text-sm">
          <thead>
            <tr>
              <td className="sticky left-0 bg-panel pl-[18px]" />
              {attempts.map(({ id, number, status }) => (
                <th key={id} scope="col" className="min-w-[92px] px-1.5 pb-1 font-semibold last:pr-[18px]">
                  <span className="flex items-center gap-1.5 whitespace-nowrap">
                    <StateShape state={ATTEMPT_SHAPES[status]} size={13} decorative />
                    {number} <span className="font-normal text-muted">{status}</span>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, cells }) => (
              <tr key={label} className="border-t border-line2 align-top">
                <th
                  scope="row"
                  className="sticky left-0 bg-panel py-1 pr-2 pl-[18px] font-normal whitespace-nowrap text-muted"
                >
                  {label}
                </th>
                {cells.map((cell, n) => (
                  <td
                    key={attempts[n]?.id}
                    className={cx(
                      "px-1.5 py-1 tabular-nums last:pr-[18px]",
                      label === "Error" && "text-stuck",
                    )}
                  >
                    {cell || <span className="text-faint">–</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}
