import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import type { PastOptions } from "../../testing/a-run-options.ts";
import { verdictOf } from "../../testing/verdict-on.ts";

const rule = "evicted-entry";
const components = { "code:prep.py": "a1b2" };
const log = (past: PastOptions = {}, now: Record<string, string> = components, key?: string) =>
  aRun("nightly")
    .past("prep", { components, ...past })
    .starts(0)
    .taskStarts("prep", 1)
    .cache("prep", "MISS", 2, now, undefined, key === undefined ? {} : { key });

describe("evicted-entry", () => {
  it("is likely where all components are the same, and proven where the keys are", () => {
    const verdict = verdictOf(log(), 60, "prep", rule);
    expect(verdict?.claim).toBe(
      "`prep` was not reused: its key is the same as 23h 54m ago, but no entry was found",
    );
    expect(verdict?.certainty).toBe("likely");
    expect(verdictOf(log({ key: "k1" }, components, "k1"), 60, "prep", rule)?.certainty).toBe("proven");
  });

  it("is proven where the source says so, with or without a past", () => {
    const said = aRun("n").starts(0).taskStarts("prep", 1).cache("prep", "EVICTED", 2);
    expect(verdictOf(said, 60, "prep", rule)?.claim).toBe(
      "`prep` was not reused: the entry of its key is gone",
    );
  });

  it("believes the keys where components say otherwise", () => {
    expect(verdictOf(log({ key: "k1" }, components, "k2"), 60, "prep", rule)).toBeUndefined();
  });

  it("is silent where a component differs, and claims in place of a changed key where an older one is the same", () => {
    const changed = log({}, { "code:prep.py": "c3d4" });
    expect(verdictOf(changed, 60, "prep", rule)).toBeUndefined();
    changed.past("prep", { components: { "code:prep.py": "c3d4" }, run: "older" });
    expect(verdictOf(changed, 60, "prep", rule)?.evidence.some((e) => e.text.includes("`older`"))).toBe(true);
    expect(verdictOf(changed, 60, "prep", "changed-key")).toBeUndefined();
  });

  it.each([
    ["it failed", { outcome: "failed" }],
    ["the cache was passed by", { cacheStatus: "BYPASSED" }],
    ["reuse was off", { cacheStatus: "DISABLED" }],
    ["its entry could not be written", { cacheStatus: "STORE_FAILED" }],
    ["it ended after the cache was asked", { startedAt: -10, endedAt: 3 }],
  ] as const)("is silent where the earlier execution left no entry: %s", (_, past) => {
    expect(verdictOf(log(past), 60, "prep", rule)).toBeUndefined();
  });

  it("is silent where the whole run was forced", () => {
    expect(verdictOf(log().cache("nightly", "BYPASSED", 1), 60, "prep", rule)).toBeUndefined();
  });
});
