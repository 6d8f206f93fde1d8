import { describe, expect, it } from "vitest";
import { aRun, type RunOptions } from "../../testing/a-run.ts";
import { verdictOf } from "../../testing/verdict-on.ts";

const rule = "missing-plan";
const log = (options: RunOptions = {}) =>
  aRun("nightly", options).starts(0).taskStarts("load", 5).completes("load", 20);

describe("missing-plan", () => {
  it("says what was seen, and that more may come, a minute after the last step", () => {
    expect(verdictOf(log(), 79, "nightly", rule)).toBeUndefined();
    expect(verdictOf(log(), 80, "nightly", rule)?.claim).toBe(
      "The DAG of `nightly` was never told: 1 step was seen, the last ended 1m ago, and whether another is to come cannot be known",
    );
  });

  it("is silent where the plan is known, while a step works, and once the whole has ended", () => {
    expect(verdictOf(log().plan("load"), 300, "nightly", rule)).toBeUndefined();
    expect(verdictOf(log().taskStarts("more", 30), 300, "nightly", rule)).toBeUndefined();
    expect(verdictOf(log().ends(30), 300, "nightly", rule)).toBeUndefined();
  });

  it("is silent of a lone job, of a streaming one, and where the source is dark", () => {
    expect(verdictOf(aRun("nightly").starts(0), 300, "nightly", rule)).toBeUndefined();
    const streaming = aRun("nightly").starts(0, { processing: "streaming" });
    streaming.taskStarts("load", 5).completes("load", 20);
    expect(verdictOf(streaming, 300, "nightly", rule)).toBeUndefined();
    const dark = log().promises("nightly", 10).beats("nightly", { from: 0, to: 20, every: 10 });
    expect(verdictOf(dark.elsewhere("x", { every: 10, last: 20 }), 300, "nightly", rule)).toBeUndefined();
  });
});
