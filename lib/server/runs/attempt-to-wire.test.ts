import { describe, expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { clockReader } from "../../diagnosis/clock-facts.ts";
import { defaultPolicy } from "../../diagnosis/policy.ts";
import { aRun, type RunOptions } from "../../testing/a-run.ts";
import { verdictOf } from "../../testing/verdict-on.ts";
import { attemptToWire } from "./attempt-to-wire.ts";

const told = (modifiedAt: number, options: RunOptions = {}) =>
  aRun("n", options)
    .starts(0)
    .taskStarts("train", 10, { outputs: ["model"] })
    .writes("train", "model", 100, { modifiedAt });

/** Whether the panel shows the output as the attempt's own. */
function shownAsOwn(log: ReturnType<typeof told>): boolean | undefined {
  const { run, context, now } = log.at(300);
  const attempt = run.nodes.get("train")?.current;
  const clockOf = clockReader(run, context, now, defaultPolicy);
  const shown =
    attempt && attemptToWire(attempt, [], now as Instant, defaultPolicy, clockOf(attempt), { run, context });
  return shown?.outputs[0]?.own;
}

describe("an output in the panel", () => {
  it.each([
    ["written since its start", 90, 0, true],
    ["older than its start", -100, 0, false],
    ["that the store dates by our clock, where the attempt's is two hours ahead", 90 - 7200, 7200, true],
    ["older by either clock, where the attempt's is two hours ahead", -7300, 7200, false],
  ])("%s is the attempt's own where the verdict says so", (_, modifiedAt, skew, own) => {
    const log = told(modifiedAt, { skew });
    expect(shownAsOwn(log)).toBe(own);
    expect(verdictOf(log, 300, "train", "foreign-outputs") === undefined).toBe(own);
  });
});
