import { describe, expect, it } from "vitest";
import { aRun, type RunLog } from "../../testing/a-run.ts";
import { held, verdictOf } from "../../testing/verdict-on.ts";
import { diagnoseNode } from "../diagnose.ts";

const rule = "validation-loop";
/** One try: starts, checks, fails. */
const turn = (
  log: RunLog,
  number: number,
  check: { assertion?: string; success?: boolean; severity?: string } = {},
) =>
  log
    .taskStarts("train", number * 100, { number, maxAttempts: 9 })
    .checks("train", "model", number * 100 + 50, { success: false, actual: "3 nulls", ...check })
    .fails("train", number * 100 + 60, "validation failed");
const looped = (turns: number) => {
  const log = aRun("n").starts(0);
  for (let i = 1; i <= turns; i++) turn(log, i);
  return log;
};

describe("validation-loop", () => {
  it("claims at the third execution with the same failure, not at the second", () => {
    expect(verdictOf(looped(2), 290, "train", rule)).toBeUndefined();
    expect(held(looped(3), 390, "train")).toBe("validation-loop likely");
    const verdict = verdictOf(looped(3), 390, "train", rule);
    expect(verdict?.claim).toBe(
      "`train` was executed 3 times and failed `not_null` on `model` each time, last 1m ago: it goes round",
    );
    expect(verdict?.ruledOut.map((r) => r.rule)).toContain("retry-loop");
    expect(verdict?.evidence).toHaveLength(3);
  });

  it("is only possible while an execution runs that has not been checked", () => {
    const running = looped(3).taskStarts("train", 400, { number: 4, maxAttempts: 9 });
    expect(held(running, 410, "train")).toBe("validation-loop possible");
    expect(held(running.checks("train", "model", 420, { success: false }), 430, "train")).toBe(
      "validation-loop likely",
    );
    expect(
      verdictOf(running.checks("train", "model", 425, { success: true }), 430, "train", rule),
    ).toBeUndefined();
  });

  it("is silent where another assertion failed, one passed between, or all are warnings", () => {
    const other = turn(turn(turn(aRun("n").starts(0), 1), 2, { assertion: "unique" }), 3);
    expect(verdictOf(other, 390, "train", rule)).toBeUndefined();
    const passed = turn(turn(turn(aRun("n").starts(0), 1), 2, { success: true }), 3);
    expect(verdictOf(passed, 390, "train", rule)).toBeUndefined();
    const warned = [1, 2, 3].reduce((log, i) => turn(log, i, { severity: "warn" }), aRun("n").starts(0));
    expect(verdictOf(warned, 390, "train", rule)).toBeUndefined();
  });

  it("is over when no other execution is to come", () => {
    expect(verdictOf(looped(3).ends(395), 400, "train", rule)).toBeUndefined();
    const last = looped(2).taskStarts("train", 300, { number: 3, maxAttempts: 3 });
    last.checks("train", "model", 350, { success: false }).fails("train", 360);
    const { run, context, now } = last.at(390);
    expect(diagnoseNode(run, context, now, "train").map((v) => v.rule)).not.toContain(rule);
  });

  it("sees the turns of a loop as executions, and instances of a mapped step not", () => {
    const told = (as: (log: RunLog, i: number) => unknown) => {
      const log = aRun("n").starts(0);
      for (const i of [1, 2, 3]) as(log, i);
      return log;
    };
    const loop = told((log, i) =>
      log
        .taskStarts(`fit[t${i}]`, i * 100, { loopKey: `t${i}` })
        .checks(`fit[t${i}]`, "model", i * 100 + 50, { success: false })
        [i < 3 ? "fails" : "says"](`fit[t${i}]`, i * 100 + 60),
    );
    expect(held(loop, 390, "fit[t3]")).toBe("validation-loop likely");
    const mapped = told((log, i) =>
      log.taskStarts(`fit[${i}]`, i * 100).checks(`fit[${i}]`, "model", i * 100 + 50, { success: false }),
    );
    expect(verdictOf(mapped, 390, "fit[3]", rule)).toBeUndefined();
  });

  it("counts what another step checked of what each execution wrote", () => {
    const log = aRun("n").starts(0);
    for (const i of [1, 2, 3]) {
      log
        .taskStarts("train", i * 100, { number: i, maxAttempts: 9 })
        .writes("train", "model", i * 100 + 20)
        .fails("train", i * 100 + 60)
        .taskStarts("check", i * 100 + 30, { number: i })
        .checks("check", "model", i * 100 + 40, { success: false })
        .completes("check", i * 100 + 41);
    }
    expect(verdictOf(log, 390, "train", rule)?.certainty).toBe("likely");
  });

  it("sees columns that go to and fro", () => {
    const log = (columns: readonly string[]) => {
      const run = aRun("n").starts(0);
      columns.forEach((told, i) => {
        run
          .taskStarts("train", (i + 1) * 100, { number: i + 1, maxAttempts: 9 })
          .columns("train", "output", "model", told, (i + 1) * 100 + 20)
          .fails("train", (i + 1) * 100 + 60);
      });
      return run;
    };
    expect(verdictOf(log(["a int", "a text", "a int"]), 390, "train", rule)?.claim).toContain("by turns");
    expect(held(log(["a int", "a text", "a int"]), 390, "train")).toBe("validation-loop possible");
    expect(verdictOf(log(["a int", "a text", "a date"]), 390, "train", rule)).toBeUndefined();
    expect(verdictOf(log(["a int", "a int", "a int"]), 390, "train", rule)).toBeUndefined();
    expect(verdictOf(log(["a int", "a text", "a text"]), 390, "train", rule)).toBeUndefined();
  });
});
