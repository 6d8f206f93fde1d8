import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, verdictOf } from "../../testing/verdict-on.ts";

const TASKS = ["a", "b", "c", "d", "e"];
/** Five steps that tell where they ran and where their log is, and one more. */
const run = (peers: readonly string[] = TASKS) => {
  const log = aRun("nightly").starts(0);
  for (const task of peers) {
    log
      .taskStarts(task, 10)
      .process(task, 11, { host: "gpu-3", logUrl: "https://logs.shop.test/1" })
      .completes(task, 20);
  }
  return log.taskStarts("train", 10);
};
const note = (log: ReturnType<typeof run>, at = 200) => verdictOf(log, at, "train", "incomplete-record");

describe("incomplete-record", () => {
  it("lists what nearly all others tell and this one does not", () => {
    const verdict = note(run().completes("train", 90));
    expect(verdict?.claim).toBe(
      "`train` has ended, but its record lacks the machine that it ran on and where its log is",
    );
    expect(verdict?.evidence.map((e) => e.text)).toContain(
      "5 of 5 others of its kind tell the machine that it ran on; it does not",
    );
    const half = run().process("train", 11, { host: "gpu-3" }).completes("train", 90);
    expect(note(half)?.missing).toEqual(["where its log is"]);
  });

  it("notes it in a finished run too, and of no other step", () => {
    const { verdicts } = diagnoseAt(run().completes("train", 90).ends(100), 200);
    expect(verdicts.map((v) => [v.nodeKey, v.rule])).toEqual([["train", "incomplete-record"]]);
  });

  it("needs five others, and nine in ten of them", () => {
    expect(note(run(TASKS.slice(1)).completes("train", 90))).toBeUndefined();
    const one = run().taskStarts("f", 10).completes("f", 20);
    expect(note(one.completes("train", 90))).toBeUndefined();
  });

  it("is silent where the source never tells it: Airflow tells no machine", () => {
    const log = aRun("n").starts(0);
    for (const task of [...TASKS, "train"]) log.taskStarts(task, 10).completes(task, 90);
    expect(note(log)).toBeUndefined();
  });

  it("is silent of what is open, was reused, or failed before it started", () => {
    expect(note(run())).toBeUndefined();
    expect(note(run().cache("train", "HIT", 11).completes("train", 12))).toBeUndefined();
    const early = run().taskStarts("x", 5).waits("y", 10).fails("y", 90);
    expect(verdictOf(early, 200, "y", "incomplete-record")).toBeUndefined();
  });

  it("names the tries that never ended", () => {
    const log = aRun("n")
      .starts(0)
      .taskStarts("train", 10, { number: 1 })
      .taskStarts("train", 50, { number: 2 });
    expect(note(log)).toBeUndefined();
    expect(note(log.completes("train", 90))?.claim).toBe(
      "`train` has ended, but its record lacks the end of try 1",
    );
    const closed = aRun("n").starts(0).taskStarts("train", 10, { number: 1 }).fails("train", 40);
    expect(note(closed.taskStarts("train", 50, { number: 2 }).completes("train", 90))).toBeUndefined();
  });
});
