import type { Row } from "../row.ts";
import type { Smoothness } from "./frames.ts";

const GOAL_PER_SECOND = 50;

/** A movement as rows: its median second and its worst, each beside the same movement over an empty page. */
export function smoothRows(name: string, moved: Smoothness, empty: Smoothness): Row[] {
  const row = (second: "median" | "worst"): Row => ({
    group: "pages",
    what: `${name}: ${second} second`,
    measured: { value: moved[second], unit: "frames/s" },
    reference: { value: empty[second], unit: "frames/s", what: "an empty page" },
    goal: { of: "measured", is: "at least", limit: GOAL_PER_SECOND },
    ...(second === "worst" && {
      notes: [`the longest wait for a frame was ${Math.round(moved.longest)} ms`],
    }),
  });
  return [row("median"), row("worst")];
}
