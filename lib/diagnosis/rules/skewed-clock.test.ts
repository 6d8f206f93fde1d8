import { describe, expect, it } from "vitest";
import { aRun, type RunOptions } from "../../testing/a-run.ts";
import { diagnoseAt, verdictOf } from "../../testing/verdict-on.ts";

const run = (options: RunOptions) => aRun("nightly", options).starts(0).plan("a -> b").taskStarts("a", 10);
const noted = (options: RunOptions, at = 100) =>
  diagnoseAt(run(options), at)
    .verdicts.filter((v) => v.rule === "skewed-clock")
    .map((v) => v.nodeKey);

describe("skewed-clock", () => {
  it.each([
    [6, "6s ahead of"],
    [-6, "6s behind"],
    [7200, "2h ahead of"],
  ])("notes a clock that is %i s off", (skew, way) => {
    expect(verdictOf(run({ skew }), 100, "nightly", "skewed-clock")?.claim).toContain(`is ${way} ours`);
  });

  it("says it once, at the root, in a finished run too", () => {
    expect(noted({ skew: 7200 })).toEqual(["nightly"]);
    const over = run({ skew: 7200 }).completes("a", 20).ends(30);
    expect(diagnoseAt(over, 100).verdicts.map((v) => [v.nodeKey, v.rule])).toEqual([
      ["nightly", "skewed-clock"],
    ]);
  });

  it("says it of a second source at the first step that it speaks of", () => {
    const log = aRun("nightly", { skew: 7200 })
      .starts(0)
      .taskStarts("a", 10)
      .taskStarts("x", 10, { source: "a-spark" })
      .taskStarts("y", 10, { source: "a-spark" });
    const notes = diagnoseAt(log, 100).verdicts.filter((v) => v.rule === "skewed-clock");
    expect(notes.map((v) => v.nodeKey)).toEqual(["nightly", "x"]);
    expect(notes[1]?.claim).toContain("`a-spark`");
  });

  it("tells a clock that is ahead also where its skew was never estimated", () => {
    expect(noted({ skew: 60, skewKnown: false })).toEqual(["nightly"]);
  });

  it("is silent within 5 s, of slow delivery, and of an import", () => {
    expect(noted({ skew: 5 })).toEqual([]);
    expect(noted({ skew: -5 })).toEqual([]);
    expect(noted({ lag: 60 })).toEqual([]);
    expect(noted({ importedAt: 90_000 }, 90_001)).toEqual([]);
  });

  it("holds nothing by itself", () => {
    expect(diagnoseAt(run({ skew: 7200 }), 100).state).toBe("progressing");
  });
});
