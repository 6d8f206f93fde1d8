import { describe, expect, it } from "vitest";
import type { SourceSummary } from "@/lib/contract/sources";
import { skewWords, sourceHref, stateMeaning, sumHours } from "./source-words";

const AT = "2026-03-02T00:00:00.000Z";
const source: SourceSummary = {
  ...{ name: "airflow-prod", integration: "airflow", state: "live", rhythms: 0, skewSeconds: 0, openRuns: 0 },
  ...{ firstReceivedAt: AT, lastReceivedAt: AT, hours: [] },
};

describe("the words for a source", () => {
  it("lead to its page, whatever its name holds", () => {
    expect(sourceHref("shop://eu west/ü?50%2F")).toBe("/sources/shop%3A%2F%2Feu%20west%2F%C3%BC%3F50%252F");
  });

  it.each([
    [0, "as ours"],
    [70, "1m ahead"],
    [-12, "12s behind"],
  ])("say of a clock %d s off: %s", (skewSeconds, words) => {
    expect(skewWords({ ...source, skewSeconds })).toBe(words);
  });

  it("call no clock right of which nothing is known", () => {
    expect(skewWords({ ...source, lastReceivedAt: null })).toBe("not known");
  });

  it.each([
    [{ state: "live", rhythms: 3 }, "3 attempts of it keep time."],
    [{ state: "live", rhythms: 1 }, "1 attempt of it keeps time."],
    [{ state: "dark", rhythms: 2 }, "All 2 attempts that kept time are silent"],
    [{ state: "quiet", rhythms: 1 }, "Its only attempt that kept time is silent"],
    [{ state: "quiet", rhythms: 0 }, "its silence says nothing"],
    [{ state: "quiet", lastReceivedAt: null }, "Nothing of it could be taken yet"],
  ] as const)("say what %j means", (fields, words) => {
    expect(stateMeaning({ ...source, ...fields })).toContain(words);
  });

  it("add up hours, each message once", () => {
    const hour = { at: AT, accepted: 5, duplicate: 4, noted: 3, refused: 2, beats: 100 };
    expect(sumHours([hour, hour])).toEqual({ messages: 28, duplicate: 8, noted: 6, refused: 4, beats: 200 });
  });
});
