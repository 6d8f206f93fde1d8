"use client";

import Link from "next/link";
import { useDayMarks } from "@/components/day-marks";
import { litHandlers } from "@/components/run/lit";
import { runPageHref } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { cx } from "@/components/ui/cx";
import { Mark, type MarkName } from "@/components/ui/marks";
import { TextWithCode } from "@/components/ui/text-with-code";
import { ClockTime, DayLine } from "@/components/ui/time";
import { toMillis } from "@/lib/base/format";
import type { VerdictResource } from "@/lib/contract/diagnosis";

type Evidence = VerdictResource["evidence"][number];

const MARKS: Readonly<Record<Evidence["kind"], MarkName>> = {
  start: "start",
  end: "end",
  written: "written",
  declared: "declared",
  beat: "beat",
  gap: "gap",
  wait: "wait",
  cache: "reused",
  note: "other",
};

/** The wire has one kind for every end; a tick beside "failed" would be a lie. */
function markOf({ kind, text }: Evidence): MarkName {
  return kind === "end" && /\b(fail|failed|aborted|killed)\b/i.test(text) ? "failed" : MARKS[kind];
}

export interface EvidenceListProps {
  evidence: readonly Evidence[];
  /** The node that it is about. */
  nodeKey: string;
}

/**
 * What proves it, in the order of time. A line that rests on a message opens that message, one that rests on silence or
 * on beats its place on the timeline; pointing at either lights that place up.
 */
export function EvidenceList({ evidence, nodeKey }: EvidenceListProps) {
  const [, go] = useRunAddress();
  const days = useDayMarks(evidence.map(({ at }) => at));
  return (
    <ul className="-mx-1.5">
      {evidence.map((item, i) => {
        const { eventId } = item;
        const line = (
          <>
            <span className="mono text-sm text-muted">
              <ClockTime at={item.at} seconds />
            </span>
            <Mark name={markOf(item)} className="translate-y-px" />
            <TextWithCode text={item.text} className={cx("min-w-0", item.kind === "gap" && "text-stuck")} />
          </>
        );
        const look =
          "grid w-full grid-cols-[60px_14px_minmax(0,1fr)] items-baseline gap-2 rounded-md px-1.5 py-1 text-left";
        return (
          <li key={`${item.at} ${item.kind} ${item.text}`}>
            <DayLine day={days[i]} className="px-1.5" />
            {item.runId !== undefined ? (
              <Link
                href={runPageHref(item.runId)}
                title="Open the run that it is about"
                className={cx(look, "hover:bg-line2 focus-visible:-outline-offset-2")}
              >
                {line}
              </Link>
            ) : (
              <button
                type="button"
                title={eventId === null ? "Show it on the timeline" : "Open the message that proves it"}
                onClick={() =>
                  go(eventId === null ? { view: "timeline", as: "chart" } : { event: eventId }, "push")
                }
                {...litHandlers({ nodeKey, at: toMillis(item.at) })}
                className={cx(look, "hover:bg-line2 focus-visible:-outline-offset-2")}
              >
                {line}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
