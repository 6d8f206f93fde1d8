import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, verdictOf } from "../../testing/verdict-on.ts";

const run = () => aRun("nightly").starts(0).plan("a -> train");
const note = (log: ReturnType<typeof run>, at = 200) => verdictOf(log, at, "train", "lost-start");
const withPeer = () => run().taskStarts("a", 1).completes("a", 5);

describe("lost-start", () => {
  it("notes an end without a start: proven where others tell theirs", () => {
    expect(note(withPeer().waits("train", 10).completes("train", 90))?.certainty).toBe("proven");
    const alone = aRun("nightly").waits("train", 10).completes("train", 90);
    expect(note(alone)?.certainty).toBe("possible");
  });

  it("notes it in a finished run too", () => {
    const { verdicts, state } = diagnoseAt(
      withPeer().waits("train", 10).completes("train", 90).ends(100),
      200,
    );
    expect(state).toBe("finished");
    expect(verdicts.map((v) => [v.nodeKey, v.rule])).toEqual([["train", "lost-start"]]);
  });

  it("gives the start of a living attempt a minute to come", () => {
    const log = withPeer().waits("train", 10).beats("train", { from: 20, to: 300, every: 10 });
    expect(note(log, 79)).toBeUndefined();
    expect(note(log, 80)?.short).toBe("work without a start");
  });

  it("is silent once the start came, in whatever order", () => {
    const log = withPeer().waits("train", 10).completes("train", 90).taskStarts("train", 11);
    expect(note(log)).toBeUndefined();
  });

  it("is silent of what may never have begun: failed, aborted, waiting", () => {
    expect(note(withPeer().waits("train", 10).fails("train", 90))).toBeUndefined();
    expect(note(withPeer().waits("train", 10).aborts("train", 90))).toBeUndefined();
    expect(note(withPeer().waits("train", 10))).toBeUndefined();
  });

  it("is silent of what was reused", () => {
    const log = withPeer().waits("train", 10).cache("train", "HIT", 11).completes("train", 12);
    expect(note(log)).toBeUndefined();
  });

  it("is silent of a source that sends no starts at all", () => {
    const log = aRun("nightly");
    for (const task of ["a", "b", "train"]) log.waits(task, 10).completes(task, 90);
    expect(note(log)).toBeUndefined();
  });
});
