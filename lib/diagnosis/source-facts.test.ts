import { describe, expect, it } from "vitest";
import type { Instant } from "../base/instant.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { BeatFacts } from "./beat-facts.ts";
import type { ClockFacts } from "./clock-facts.ts";
import { defaultPolicy } from "./policy.ts";
import { isDark, sourceFacts, sourceStanding } from "./source-facts.ts";
import type { SourceFacts } from "./verdict.ts";

const NOW = 1_000_000_000 as Instant;
const ago = (seconds: number) => (NOW - seconds * 1000) as Instant;
const source = (heard: number | null, beats: readonly number[] = []): SourceFacts => ({
  name: "airflow-prod",
  lastReceivedAt: heard === null ? null : ago(heard),
  skewMs: 0,
  beating: beats.map((seconds, n) => ({
    attemptId: `attempt-${n}`,
    intervalMs: 10_000,
    lastReceivedAt: ago(seconds),
  })),
});
const standing = (facts: SourceFacts) => sourceStanding(facts, NOW, defaultPolicy);

describe("a source by itself", () => {
  it.each([
    ["never heard of", source(null), "quiet"],
    ["heard a moment ago", source(5), "live"],
    ["heard a minute ago, without a rhythm", source(60), "quiet"],
    ["with one rhythm in time", source(40, [24]), "live"],
    ["with one rhythm that stopped", source(40, [25]), "quiet"],
    ["with two rhythms, of which one stopped", source(40, [24, 40]), "live"],
    ["with two rhythms that stopped", source(40, [25, 30]), "dark"],
    ["with two rhythms that stopped, heard otherwise since", source(5, [25, 30]), "live"],
    [
      "whose two rhythms stopped last week, one after the other",
      source(700_000, [600_000, 650_000]),
      "quiet",
    ],
  ])("%s", (_, facts, state) => {
    expect(standing(facts).state).toBe(state);
    expect(standing(facts).state === "dark").toBe(isDark(facts, NOW, defaultPolicy));
  });

  it("says when it was last heard, by event or by beat, and how many rhythms it kept then", () => {
    expect(standing(source(40, [25, 30]))).toMatchObject({ lastHeardAt: ago(25), rhythms: 2 });
    expect(standing(source(null))).toMatchObject({ lastHeardAt: undefined, rhythms: 0 });
  });
});

describe("a source as one of its attempts sees it", () => {
  /** As `attempt-0`, whose last sign is so many seconds old. */
  const seen = (facts: SourceFacts, silent: number, own = "attempt-0") => {
    const lastSignAt = ago(silent);
    const clock = { imported: false, lastSignAt } as ClockFacts;
    const beat = { intervalMs: 10_000 } as BeatFacts;
    const context = { history: new Map(), sources: new Map([["airflow-prod", facts]]) };
    return sourceFacts("airflow-prod", { id: own } as AttemptView, clock, beat, context, NOW, defaultPolicy);
  };

  it("is told when the next of the others is due, not when itself is", () => {
    expect(seen(source(20, [20, 15]), 20)).toMatchObject({ state: "unsure", changesAt: NOW + 10_000 });
    expect(seen(source(20, [20, 15]), 15, "attempt-1")).toMatchObject({ changesAt: NOW + 5_000 });
  });

  it("is alone where no other kept a rhythm, or only one that had stopped before", () => {
    expect(seen(source(20, [20]), 20).state).toBe("alone");
    expect(seen(source(20, [20]), 20, "another").state).toBe("unsure");
    expect(seen(source(20, [20, 900]), 20).state).toBe("alone");
  });
});
