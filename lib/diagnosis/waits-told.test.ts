import { expect, test } from "vitest";
import { aRun, type RunLog, second } from "../testing/a-run.ts";
import { waitsOf } from "./waits-told.ts";

/** `pool gpu 30- now`, in seconds, the latest first. */
function waits(log: RunLog): string[] {
  const attempt = log.at(1_000).run.nodes.get("train")?.current;
  if (!attempt) throw new Error("there is no attempt");
  const seconds = (at: number) => (at - second(0)) / 1000;
  return waitsOf(attempt).map(({ kind, on, since, until, current }) =>
    [kind, on, `${seconds(since)}-${until === undefined ? "" : seconds(until)}`, current && "now"]
      .filter(Boolean)
      .join(" "),
  );
}

const nightly = () => aRun("nightly").starts(0).plan("train");

test("every wait is told, and the last one is what it waits for now", () => {
  const log = nightly()
    .waits("train", 5)
    .waitsFor("train", 10, { kind: "queue", on: "celery", since: 6, until: 20 })
    .waitsFor("train", 30, { kind: "pool", on: "gpu" });
  expect(waits(log)).toEqual(["pool gpu 30- now", "queue celery 6-20"]);
});

test("one that is told again and again began when it was first told", () => {
  const log = nightly().waits("train", 5);
  for (const at of [10, 20, 30]) log.waitsFor("train", at, { kind: "pool", on: "gpu" });
  expect(waits(log)).toEqual(["pool gpu 10- now"]);
});

test("after the start nothing is waited for any more", () => {
  const log = nightly().waitsFor("train", 10, { kind: "pool", on: "gpu" }).taskStarts("train", 40);
  expect(waits(log)).toEqual(["pool gpu 10-"]);
});

test("its source's words for waiting are waits too", () => {
  const log = nightly().tells("train", "Queued", 5).tells("train", "Preparing", 10).taskStarts("train", 20);
  expect(waits(log)).toEqual(["Preparing 10-20", "Queued 5-10"]);
});

test("a source that names its place in the queue with each message does not fill the store", () => {
  const log = nightly().waits("train", 1);
  for (let place = 99; place > 0; place--)
    log.waitsFor("train", 200 - place, { kind: "queue", on: `place ${place}` });
  expect(waits(log)).toHaveLength(24);
  expect(log.at(1_000).run.nodes.get("train")?.current?.state.wait?.value.on).toBe("place 1");
});
