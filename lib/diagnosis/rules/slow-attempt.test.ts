import { describe, expect, it } from "vitest";
import { type AttemptOptions, aRun, type RunLog } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const rule = "slow-attempt";
const log = (options: AttemptOptions = { promises: 10 }, until = 3000) => {
  const run = aRun("nightly").starts(0).plan("train -> report").taskStarts("train", 10, options);
  return options.promises ? run.beats("train", { from: 20, to: until, every: 10 }) : run;
};
const known = (run: RunLog, took: readonly number[], past: { parameters?: Record<string, string> } = {}) => {
  for (const seconds of took) run.past("train", { startedAt: -9000, endedAt: -9000 + seconds, ...past });
  return run;
};
const FIVE = [100, 110, 120, 130, 200];

describe("slow-attempt", () => {
  it("claims a minute past the p95 of five attempts, with the factor", () => {
    expect(held(known(log(), FIVE), 269, "train")).toBeUndefined();
    expect(held(known(log(), FIVE), 270, "train")).toBe("slow-attempt proven");
    expect(diagnoseAt(known(log(), FIVE), 490).headline).toBe(
      "`train` has run for 8m, 4.0 times its usual 2m: of 5 earlier attempts 95% took at most 3m. It holds 1 of 2 nodes.",
    );
    expect(diagnoseAt(known(log(), FIVE), 490).state).toBe("slow");
  });

  it("calls nothing slow with four, and says so", () => {
    expect(held(known(log(), FIVE.slice(1)), 2900, "train")).toBeUndefined();
    const other = known(log().writes("train", "m", 20).declares("train", "m", 10), FIVE.slice(1));
    const because = verdictOf(other, 2900, "train", "hung-after-output")?.ruledOut.find(
      (r) => r.rule === rule,
    );
    expect(because?.because).toContain("only 4 are known");
  });

  it("does not count what failed, was aborted or was reused", () => {
    const run = known(log(), FIVE.slice(1));
    run
      .past("train", { outcome: "failed" })
      .past("train", { outcome: "aborted" })
      .past("train", { reused: true });
    expect(held(run, 2900, "train")).toBeUndefined();
  });

  it("judges a source that promises no beat by its duration alone, and says so", () => {
    const quiet = known(log({}), FIVE);
    expect(held(quiet, 400, "train")).toBe("slow-attempt likely");
    expect(verdictOf(quiet, 400, "train", rule)?.missing[0]).toContain("by its duration alone");
  });

  it("measures by attempts with the same parameters, where there are five", () => {
    const run = () => log({ promises: 10, parameters: { days: "365" } });
    const both = known(known(run(), FIVE, { parameters: { days: "1" } }), [900, 900, 900, 900, 900], {
      parameters: { days: "365" },
    });
    expect(held(both, 400, "train")).toBeUndefined();
    expect(held(both, 970, "train")).toBe("slow-attempt proven");
    expect(verdictOf(both, 970, "train", rule)?.claim).toContain("with the same parameters");
    const others = known(run(), FIVE, { parameters: { days: "1" } });
    expect(verdictOf(others, 400, "train", rule)?.missing.join()).toContain("the same parameters");
  });

  it("leaves silence, waits and groups to others", () => {
    expect(held(known(log({ promises: 10 }, 300), FIVE), 400, "train")).toBe("silent-heartbeat likely");
    const ruledOut = (run: RunLog, at: number, by: string) =>
      verdictOf(run, at, "train", by)?.ruledOut.find((r) => r.rule === rule)?.because;
    expect(ruledOut(known(log({ promises: 10 }, 300), FIVE), 400, "silent-heartbeat")).toContain("silent");
    const word = known(log(), FIVE).tells("train", "Finalizing", 20);
    expect(ruledOut(word, 2900, "lingering-finalization")).toContain("Finalizing");
    const waits = known(log(), FIVE).waitsFor("train", 400, { kind: "approval" });
    expect(verdictOf(waits, 3000, "train", rule)).toBeUndefined();
    const group = known(log(), FIVE).taskStarts("train/x", 30);
    expect(verdictOf(group, 3000, "train", rule)).toBeUndefined();
  });

  it("is over with the end, and is nothing to a stream", () => {
    expect(verdictOf(known(log(), FIVE).completes("train", 2000), 3000, "train", rule)).toBeUndefined();
    expect(verdictOf(known(log({ processing: "streaming" }), FIVE), 3000, "train", rule)).toBeUndefined();
  });
});
