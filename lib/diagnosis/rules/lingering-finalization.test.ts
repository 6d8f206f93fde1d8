import { describe, expect, it } from "vitest";
import { aRun, type RunLog, second } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const rule = "lingering-finalization";
/** Beats to 100 and writes at 90, as a process that is gone when its service finalizes. */
const log = (word = "Finalizing") =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
    .beats("train", { from: 20, to: 100, every: 10 })
    .writes("train", "model", 90)
    .tells("train", word, 100);
const known = (run: RunLog, seconds: number) => {
  for (let i = 0; i < 5; i++) run.past("train", { finalizing: seconds });
  return run;
};

describe("lingering-finalization", () => {
  it("claims after half an hour, and never that its process died meanwhile", () => {
    expect(held(log(), 1899, "train")).toBeUndefined();
    expect(held(log(), 1900, "train")).toBe("lingering-finalization likely");
    const verdict = verdictOf(log(), 1900, "train", rule);
    expect(verdict?.claim).toBe("`train` has been `Finalizing` for 30m, and nothing of it moves");
    expect(verdict?.ruledOut.map((r) => r.rule)).toEqual(
      expect.arrayContaining(["lost-completion", "silent-heartbeat"]),
    );
    expect(diagnoseAt(log(), 1900).state).toBe("stuck");
  });

  it("claims when five attempts show that it takes less, a minute after the longest", () => {
    expect(held(known(log(), 120), 279, "train")).toBeUndefined();
    expect(held(known(log(), 120), 280, "train")).toBe("lingering-finalization likely");
    expect(held(known(log(), 7200), 1900, "train")).toBeUndefined();
  });

  it("is alive while its outputs grow", () => {
    const grows = log().grows("train", "logs", 1880);
    expect(verdictOf(grows, 1900, "train", rule)?.ruleClass).toBe("alive");
    expect(verdictOf(grows, 2179, "train", rule)?.ruleClass).toBe("alive");
    expect(verdictOf(grows, 2180, "train", rule)?.ruleClass).toBe("stuck");
  });

  it("knows the words of others, and counts from where the word was first told", () => {
    expect(held(log("COMPLETING"), 1900, "train")).toBe("lingering-finalization likely");
    expect(held(log().tells("train", "FINALIZING", 1500), 1900, "train")).toBe(
      "lingering-finalization likely",
    );
    expect(verdictOf(log("Running"), 1900, "train", rule)).toBeUndefined();
    expect(held(log().tells("train", "Running", 120), 1900, "train")).toBe("lost-completion proven");
  });

  it("gives way to the compute layer's word that the job succeeded", () => {
    const succeeded = () => log().compute("train", "job-succeeded", 95);
    // It is how every finalizing begins: it proves nothing before this one lingers.
    expect(held(succeeded(), 1899, "train")).toBeUndefined();
    expect(held(succeeded(), 1900, "train")).toBe("lost-completion proven");
    expect(diagnoseAt(succeeded(), 400).nextChangeAt).toBe(second(1900));
  });

  it("is over with the end, and is nothing to a stream", () => {
    expect(verdictOf(log().completes("train", 200), 4000, "train", rule)).toBeUndefined();
    const stream = aRun("n")
      .starts(0)
      .taskStarts("t", 1, { processing: "streaming" })
      .tells("t", "Finalizing", 2);
    expect(verdictOf(stream, 9000, "t", rule)).toBeUndefined();
  });

  it("is only possible where neither outputs nor earlier attempts tell", () => {
    const bare = aRun("n").starts(0).taskStarts("t", 1).tells("t", "Finalizing", 2);
    expect(held(bare, 2000, "t")).toBe("lingering-finalization possible");
  });
});
