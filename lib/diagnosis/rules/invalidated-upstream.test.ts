import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import type { PastOptions } from "../../testing/a-run-options.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const rule = "invalidated-upstream";
const log = (past: PastOptions = {}, code = "c3d4") =>
  aRun("nightly")
    .past("prep", { components: { "code:prep.py": "a1b2" }, wrote: ["clean"], ...past })
    .starts(0)
    .taskStarts("prep", 1)
    .cache("prep", "MISS", 2, { "code:prep.py": code });

describe("invalidated-upstream", () => {
  it("says what changed, from what to what, and that the outputs are those from before", () => {
    expect(verdictOf(log(), 60, "prep", rule)?.claim).toBe(
      "`prep` runs again because its code `prep.py` changed from `a1b2` to `c3d4`; its output of 23h 54m ago is from before that",
    );
    // It tells why it runs, and neither that it is slow nor that it is stuck.
    expect(diagnoseAt(log(), 60).state).toBe("progressing");
  });

  it("says of what is behind it that the step before it changed", () => {
    const behind = log()
      .plan("prep -> train")
      .past("train", { components: { "upstream:prep": "1" }, wrote: ["model"] })
      .completes("prep", 10)
      .taskStarts("train", 11)
      .cache("train", "MISS", 12, { "upstream:prep": "2" });
    expect(verdictOf(behind, 60, "train", rule)?.claim).toContain(
      "`train` runs again because `prep` before it changed: of `prep` its code `prep.py` changed from `a1b2` to `c3d4`",
    );
  });

  it("is silent where nothing changed, nothing was written before, and once it has ended", () => {
    expect(verdictOf(log({}, "a1b2"), 60, "prep", rule)).toBeUndefined();
    expect(verdictOf(log({ wrote: [] }), 60, "prep", rule)).toBeUndefined();
    expect(verdictOf(log().completes("prep", 30), 60, "prep", rule)).toBeUndefined();
  });

  it("gives way to what holds the step", () => {
    const silent = log()
      .promises("prep", 10)
      .beats("prep", { from: 1, to: 61, every: 10 })
      .elsewhere("alive", { every: 10, last: 595 });
    expect(held(silent, 600, "prep")).toBe("silent-heartbeat likely");
  });

  it("is silent where the whole run was forced", () => {
    expect(verdictOf(log().cache("nightly", "BYPASSED", 1), 60, "prep", rule)).toBeUndefined();
  });
});
