"use client";

import { cx } from "@/components/ui/cx";
import { type StateName, stateWord } from "@/components/ui/state-shape";
import { stateOfWeight, weighings } from "@/components/verdicts/verdict-words";
import type { InstantLike } from "@/lib/base/format";
import type { VerdictChangeResource } from "@/lib/contract/verdict-history";
import { type TimeScale, toX } from "@/lib/drawing/time-scale";
import { worstOverTime } from "@/lib/drawing/worst-over-time";

const FILL: Partial<Record<StateName, string>> = {
  stuck: "bg-stuck text-panel",
  suspect: "bg-suspect text-panel",
  unknown: "bg-wait/70 text-panel",
  slow: "bg-slow text-panel",
  waiting: "bg-wait/30 text-text",
};

/** Wide enough for its word, px. */
const WORDY = 62;

export interface VerdictStripProps {
  changes: readonly VerdictChangeResource[];
  scale: TimeScale;
  /** Up to when: now, or the end. */
  until: number;
  /** How an instant is written. */
  say: (at: InstantLike) => string;
}

/** What was said of the run when: the worst of its verdicts, from when it was opened to when it was closed. */
export function VerdictStrip({ changes, scale, until, say }: VerdictStripProps) {
  const x = (at: number) => Math.max(0, Math.min(scale.width, toX(scale, at)));
  return (
    <ul aria-label="What was said of the run, over time">
      {worstOverTime(weighings(changes), until).map(({ from, to, weight, count }) => {
        const state = stateOfWeight(weight);
        const word = stateWord(state).toLowerCase();
        const width = Math.max(2, x(to) - x(from));
        const many = count > 1 ? ` (${count} verdicts)` : "";
        const words = `${word} from ${say(from)} to ${say(to)}${many}`;
        return (
          <li
            key={from}
            title={words}
            className={cx(
              "absolute top-0.5 flex h-3.5 items-center overflow-hidden rounded-xs forced-colors:border",
              width > WORDY && "px-1.5",
              FILL[state],
            )}
            style={{ left: x(from), width }}
          >
            <span aria-hidden="true" className="truncate text-xs leading-3 font-semibold">
              {width > WORDY ? word : ""}
            </span>
            <span className="sr-only">{words}</span>
          </li>
        );
      })}
    </ul>
  );
}
