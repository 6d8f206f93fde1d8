"use client";

import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useMemo } from "react";
import { type Learned, learnedSince } from "@/components/run/learned-since";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { ClockTime } from "@/components/ui/time";
import { formatCount, formatQuantity } from "@/lib/base/format";
import type { RunResource } from "@/lib/contract/runs";

/** More than anybody reads; the rest is counted. */
const MOST = 200;

const COUNTED: readonly (readonly [Learned["kind"], one: string, many: string])[] = [
  ["appeared", "node appeared", "nodes appeared"],
  ["started", "started", "started"],
  ["ended", "ended", "ended"],
  ["retried", "tried again", "tried again"],
  ["opened", "verdict opened", "verdicts opened"],
  ["closed", "verdict closed", "verdicts closed"],
];

export interface LearnedListProps {
  then: RunResource;
  now: RunResource;
  /** Shows the node as it is now. */
  onSelect: (nodeKey: string) => void;
}

/** What we learned since: all that the answer of now knows and that of then did not. */
export function LearnedList({ then, now, onSelect }: LearnedListProps) {
  const learned = useMemo(() => learnedSince(then, now), [then, now]);
  if (learned.length === 0) return <span className="text-muted max-sm:hidden">Nothing learned since</span>;
  const counts = COUNTED.flatMap(([kind, one, many]) => {
    const count = learned.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [formatQuantity(count, one, many)];
  });
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="sm" variant="ghost">
          {formatCount(learned.length)} learned since
          <ChevronDown aria-hidden="true" size={13} />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label="What we learned since"
          className="z-50 flex max-h-[min(420px,var(--radix-popover-content-available-height))] w-[min(420px,calc(100vw-16px))] animate-appear flex-col overflow-hidden rounded-xl border border-line bg-raise shadow-over"
        >
          <p className="flex-none border-b border-line px-3.5 py-2 text-sm text-muted">{counts.join(", ")}</p>
          <ul className="overflow-y-auto py-1">
            {learned.slice(0, MOST).map((each) => (
              <li key={`${each.kind} ${each.nodeKey ?? ""} ${each.text}`}>
                <LearnedRow learned={each} onSelect={onSelect} />
              </li>
            ))}
            {learned.length > MOST && (
              <li className="px-3.5 py-1.5 text-sm text-muted">
                and {formatCount(learned.length - MOST)} more
              </li>
            )}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function LearnedRow({ learned, onSelect }: { learned: Learned; onSelect: (nodeKey: string) => void }) {
  const { nodeKey, at, text } = learned;
  const words = (
    <>
      <Mono className="w-[62px] flex-none text-muted">{at !== null && <ClockTime at={at} seconds />}</Mono>
      <span className="min-w-0">
        {nodeKey !== undefined && <Mono className="text-text">{nodeKey}</Mono>} {text}
      </span>
    </>
  );
  const look = "flex w-full gap-2.5 px-3.5 py-1 text-left";
  if (nodeKey === undefined || learned.kind === "gone") return <span className={look}>{words}</span>;
  return (
    <button
      type="button"
      onClick={() => onSelect(nodeKey)}
      className={`${look} hover:bg-line2 focus-visible:-outline-offset-2`}
    >
      {words}
    </button>
  );
}
