import { expect, test } from "vitest";
import { aRun, type RunLog, second } from "../testing/a-run.ts";
import { phasesOf } from "./attempt-phases.ts";

/** `waiting 0-10 (queued)`, in seconds; without an end while it goes on. */
function phases(log: RunLog): string[] {
  const attempt = log.at(1_000).run.nodes.get("train")?.current;
  if (!attempt) throw new Error("there is no attempt");
  const seconds = (at: number) => (at - second(0)) / 1000;
  return phasesOf(attempt).map(
    ({ kind, from, to, why }) =>
      `${kind} ${seconds(from)}-${to === undefined ? "" : seconds(to)}${why === undefined ? "" : ` (${why})`}`,
  );
}

const nightly = () => aRun("nightly").starts(0).plan("train");

test("an attempt that only started and ended ran all the time", () => {
  expect(phases(nightly().taskStarts("train", 10).completes("train", 90))).toEqual(["running 10-90"]);
});

test("what its source calls its states are its phases", () => {
  const log = nightly()
    .tells("train", "Queued", 5)
    .tells("train", "PREPARING", 10)
    .taskStarts("train", 10)
    .tells("train", "Running", 20)
    .tells("train", "Finalizing", 80)
    .completes("train", 90);
  expect(phases(log)).toEqual([
    "waiting 5-10 (Queued)",
    "preparing 10-20 (PREPARING)",
    "running 20-80 (Running)",
    "finalizing 80-90 (Finalizing)",
  ]);
});

test("a wait tells what for, and after it the work goes on", () => {
  const log = nightly()
    .taskStarts("train", 10)
    .waitsFor("train", 30, { kind: "lock", on: "models", since: 25, until: 40 });
  expect(phases(log)).toEqual(["running 10-25", "waiting 25-40 (lock: models)", "running 40-"]);
});

test("what was never started waits", () => {
  expect(phases(nightly().waits("train", 10))).toEqual(["waiting 10-"]);
});

test("words that are none of these change nothing", () => {
  const log = nightly().taskStarts("train", 10).tells("train", "Reticulating", 20);
  expect(phases(log)).toEqual(["running 10-"]);
});

test("nothing is drawn beyond the end", () => {
  const log = nightly().taskStarts("train", 10).completes("train", 50).tells("train", "Finalizing", 60);
  expect(phases(log)).toEqual(["running 10-50"]);
});
