import { describe, expect, it } from "vitest";
import type { Instant } from "../base/instant.ts";
import { aRun } from "../testing/a-run.ts";
import { diagnose } from "./diagnose.ts";
import { type HeldBefore, heldHistory } from "./held-history.ts";
import type { Diagnosis } from "./verdict.ts";

const NEVER: HeldBefore = { state: "progressing", lookedAt: undefined, stuckMs: undefined, heldBy: [] };

/** A step that promised beats falls silent at second 100, and ends at second 500. */
const told = aRun("nightly")
  .starts(0)
  .taskStarts("train", 10, { promises: 10 })
  .beats("train", { from: 10, to: 100, every: 10 })
  .hears(1000)
  .completes("train", 500)
  .ends(510);

function lookAt(second: number): Diagnosis {
  const { run, context, now } = told.at(second);
  return diagnose(run, context, now);
}

/** Looks at these seconds one after the other. */
function watch(...seconds: number[]): HeldBefore {
  return seconds.reduce<HeldBefore>((before, at) => {
    const now = lookAt(at);
    return { state: now.state, lookedAt: now.at, ...heldHistory(before, now) };
  }, NEVER);
}

describe("how a run was held", () => {
  it("counts the time before anyone saw that it was stuck, from when it stopped", () => {
    const stuck = lookAt(300);
    expect(stuck.state).toBe("stuck");
    expect(watch(300).stuckMs).toBe(stuck.at - (stuck.since ?? 0));
    expect(watch(300).heldBy).toEqual(["silent-heartbeat"]);
  });

  it("is the same however often it was looked at in between", () => {
    expect(watch(60, 300, 320, 400, 520).stuckMs).toBe(watch(300, 520).stuckMs);
  });

  it("goes on until the look that found it moving, and stays when it has finished", () => {
    const since = lookAt(300).since ?? 0;
    expect(watch(300, 520).stuckMs).toBe(lookAt(520).at - since);
    expect(watch(300, 520, 900)).toMatchObject({
      stuckMs: lookAt(520).at - since,
      heldBy: ["silent-heartbeat"],
    });
  });

  it("is nothing where it always moved, and not known where it was first seen finished", () => {
    expect(watch(40, 60, 520)).toMatchObject({ stuckMs: 0, heldBy: [] });
    expect(watch(520).stuckMs).toBeUndefined();
    expect(watch(520, 900).stuckMs).toBeUndefined();
  });

  it("counts from the beginning where it was already stuck when counting began", () => {
    const stuck = lookAt(300);
    const before: HeldBefore = { ...NEVER, state: "stuck", lookedAt: (stuck.at - 5_000) as Instant };
    expect(heldHistory(before, stuck).stuckMs).toBe(watch(300).stuckMs);
  });

  it("counts a later turn from the look before it: its beginning is not told twice", () => {
    const stuck = lookAt(300);
    const before: HeldBefore = {
      state: "progressing",
      lookedAt: (stuck.at - 20_000) as Instant,
      stuckMs: 5_000,
      heldBy: ["starved-queue"],
    };
    expect(heldHistory(before, stuck)).toEqual({
      stuckMs: 25_000,
      heldBy: ["starved-queue", "silent-heartbeat"],
    });
  });
});
