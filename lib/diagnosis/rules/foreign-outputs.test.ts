import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { verdictOf } from "../../testing/verdict-on.ts";

const log = (write: { modifiedAt?: number; by?: string }, skew = 0) =>
  aRun("nightly", { skew })
    .starts(0)
    .taskStarts("train", 10, { outputs: ["model", "metrics"] })
    .writes("train", "model", 20, write);
const rule = "foreign-outputs";

describe("foreign-outputs", () => {
  it("says how much older the file is than the attempt", () => {
    expect(verdictOf(log({ modifiedAt: -79_190 }), 400, "train", rule)?.claim).toBe(
      "`model` is there, but it was last modified 22h before the attempt started: it shows nothing of what `train` has done",
    );
  });

  it("names the attempt that wrote it", () => {
    expect(verdictOf(log({ by: "by-hand" }), 400, "train", rule)?.claim).toContain(
      "was written by attempt `by-hand`",
    );
  });

  it("allows for stores that keep whole seconds, and for no more", () => {
    expect(verdictOf(log({ modifiedAt: 9.1 }), 400, "train", rule)).toBeUndefined();
    expect(verdictOf(log({ modifiedAt: 9 }), 400, "train", rule)).toBeDefined();
  });

  it("says why lost-completion was not claimed", () => {
    const verdict = verdictOf(log({ by: "by-hand" }), 400, "train", rule);
    expect(verdict?.ruledOut.find((r) => r.rule === "lost-completion")?.because).toContain("by-hand");
  });

  it("is silent of its own work, whatever the clock", () => {
    for (const skew of [-7200, 0, 7200]) {
      expect(verdictOf(log({ modifiedAt: 19 }, skew), 400, "train", rule)).toBeUndefined();
    }
  });

  it("is silent of what has ended, and of what was never there", () => {
    expect(verdictOf(log({ by: "by-hand" }).completes("train", 30), 400, "train", rule)).toBeUndefined();
    const nothing = aRun("n")
      .starts(0)
      .taskStarts("train", 1, { outputs: ["m"] });
    expect(verdictOf(nothing, 400, "train", rule)).toBeUndefined();
  });
});
