import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const ended = () =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"] })
    .writes("train", "model", 80, { modifiedAt: 79 })
    .completes("train", 90);
const note = (log: ReturnType<typeof ended>, at = 200) => verdictOf(log, at, "train", "conflicting-end");

describe("conflicting-end", () => {
  it("notes two ends, and says which one counts", () => {
    const verdict = note(ended().fails("train", 95, "exit code 1"));
    expect(verdict?.claim).toBe(
      "`train` completed as well as failed; the latest by its own clock counts, so it failed",
    );
    expect(verdict?.evidence.map((e) => e.text)).toEqual(["It completed", "It failed: exit code 1"]);
    expect(note(ended().fails("train", 85))?.claim).toContain("so it completed");
  });

  it("notes it in a finished run too, of its root as of its steps", () => {
    const log = ended().fails("train", 95).ends(100).ends(101, "failed");
    const { state, verdicts } = diagnoseAt(log, 200);
    expect(state).toBe("finished");
    const noted = verdicts.filter((v) => v.rule === "conflicting-end").map((v) => v.nodeKey);
    expect(noted.sort()).toEqual(["nightly", "train"]);
  });

  it("notes work after the end: a beat, a start, a write by its own time of change", () => {
    expect(note(ended().beats("train", { from: 95, to: 95, every: 1 }))).toBeUndefined();
    expect(note(ended().beats("train", { from: 96, to: 96, every: 1 }))?.claim).toMatch(
      /gave a sign of life after its end/,
    );
    expect(note(ended().taskStarts("train", 91))?.short).toBe("worked after its end");
    expect(note(ended().writes("train", "model", 150, { modifiedAt: 92 }))).toBeUndefined();
    expect(note(ended().writes("train", "model", 150, { modifiedAt: 93 }))?.claim).toMatch(/wrote an output/);
    expect(note(ended().grows("train", "model", 96))?.short).toBe("worked after its end");
  });

  it("is silent of an end that is told twice, and of what only adds to the record", () => {
    expect(note(ended())).toBeUndefined();
    expect(note(ended().completes("train", 95))).toBeUndefined();
    const added = ended().says("train", 100).process("train", 101, { host: "gpu-3" });
    expect(note(added.writes("train", "model", 102))).toBeUndefined();
  });

  it("is silent of an output that another attempt wrote later", () => {
    const log = ended().writes("train", "model", 150, { modifiedAt: 140, by: "someone-else" });
    expect(note(log)).toBeUndefined();
  });

  it("is silent of a failure that was tried again under the same id, but not of a start that is late", () => {
    const again = aRun("n").starts(0).taskStarts("train", 10).fails("train", 90).taskStarts("train", 120);
    expect(note(again, 130)).toBeUndefined();
    expect(note(again.completes("train", 180))).toBeUndefined();
    // The only start is dated after the failure: that is a clock, not another try.
    const skewed = aRun("n").starts(0).fails("train", 90).taskStarts("train", 92);
    expect(note(skewed)?.short).toBe("worked after its end");
  });

  it("is silent where another try works, and holds nothing by itself", () => {
    expect(note(ended().taskStarts("train", 120, { number: 2 }))).toBeUndefined();
    expect(held(ended().fails("train", 85), 200, "train")).toBeUndefined();
  });

  it.each([-7200, 7200])("does not depend on a clock that is %i s off", (skew) => {
    const log = aRun("n", { skew }).starts(0).taskStarts("train", 10).completes("train", 90);
    expect(note(log)).toBeUndefined();
    expect(note(log.beats("train", { from: 100, to: 100, every: 1 }))).toBeDefined();
  });
});
