import { describe, expect, it } from "vitest";
import type { Instant } from "../base/instant.ts";
import { defaultPolicy } from "./policy.ts";
import { isDark, sourceStanding } from "./source-facts.ts";
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
