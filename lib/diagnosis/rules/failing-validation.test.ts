import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

/** Writes at 90, beats on to `until`. */
const log = (until = 400) =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
    .beats("train", { from: 20, to: until, every: 10 })
    .writes("train", "model", 90);
const failed = (until = 400) =>
  log(until).checks("train", "model", 100, { success: false, column: "id", actual: "17 nulls" });
const rule = "failing-validation";

describe("failing-validation", () => {
  it("claims a minute after the failure, and says what failed", () => {
    expect(held(failed(), 159, "train")).toBe("hung-after-output likely");
    expect(held(failed(), 160, "train")).toBe("failing-validation likely");
    expect(diagnoseAt(failed(), 220).headline).toBe(
      "`train` wrote what `not_null` on `id` of `model` refuses: it failed 2m ago, and the step has not ended. It holds 1 of 2 nodes.",
    );
    const verdict = verdictOf(failed(), 220, "train", rule);
    expect(verdict?.evidence.map((e) => e.text).join()).toContain("found `17 nulls`");
    expect(verdict?.ruledOut.map((r) => r.rule)).toContain("hung-after-output");
    expect(verdict?.unblock.at(-1)?.action).toBe("Record that it died");
  });

  it("leads also where the process is gone, or never promised a beat: the work did not go well", () => {
    expect(held(failed(110), 400, "train")).toBe("failing-validation likely");
    const quiet = aRun("n")
      .starts(0)
      .taskStarts("t", 10, { outputs: ["m"] })
      .writes("t", "m", 20)
      .checks("t", "m", 30, { success: false });
    expect(held(quiet, 400, "t")).toBe("failing-validation likely");
  });

  it("is silent of warnings, and of an assertion that passed since", () => {
    const warned = log().checks("train", "model", 100, { success: false, severity: "WARN" });
    expect(held(warned, 400, "train")).toBe("hung-after-output likely");
    const passed = failed().checks("train", "model", 120, { success: true, column: "id" });
    expect(held(passed, 400, "train")).toBe("hung-after-output likely");
    const other = failed().checks("train", "model", 120, { success: true, column: "name" });
    expect(held(other, 400, "train")).toBe("failing-validation likely");
  });

  it("is silent of what was written again since, and of what an earlier try wrote", () => {
    const again = failed().writes("train", "model", 150, { modifiedAt: 149 });
    expect(verdictOf(again, 400, "train", rule)).toBeUndefined();
    const retried = failed(100)
      .fails("train", 110)
      .taskStarts("train", 200, { number: 2, outputs: ["model"] });
    expect(verdictOf(retried, 4000, "train", rule)).toBeUndefined();
  });

  it("is silent of assertions on inputs, of what has ended, and of streams", () => {
    const input = log().reads("train", "orders", 11).checks("train", "orders", 100, { success: false });
    expect(verdictOf(input, 400, "train", rule)).toBeUndefined();
    expect(verdictOf(failed().fails("train", 150), 400, "train", rule)).toBeUndefined();
    const stream = aRun("n")
      .starts(0)
      .taskStarts("t", 1, { outputs: ["m"], processing: "streaming" })
      .writes("t", "m", 2)
      .checks("t", "m", 3, { success: false });
    expect(verdictOf(stream, 400, "t", rule)).toBeUndefined();
  });

  it("is silent while nothing of its own is written", () => {
    const none = aRun("n")
      .starts(0)
      .taskStarts("t", 1, { outputs: ["m"] })
      .checks("t", "m", 3, { success: false });
    expect(verdictOf(none, 400, "t", rule)).toBeUndefined();
  });

  it("waits while it still gets further", () => {
    const moving = failed().beats("train", {
      from: 155,
      to: 155,
      every: 10,
      progress: { done: 1, total: 9 },
    });
    expect(verdictOf(moving, 214, "train", rule)).toBeUndefined();
    expect(verdictOf(moving, 215, "train", rule)).toBeDefined();
  });

  it("is only possible where another step checked, or outputs are missing", () => {
    const other = log()
      .taskStarts("checker", 95)
      .checks("checker", "model", 100, { success: false })
      .completes("checker", 101);
    expect(held(other, 400, "train")).toBe("failing-validation possible");
    expect(held(failed().declares("train", "metrics", 10), 400, "train")).toBe("failing-validation possible");
  });
});
