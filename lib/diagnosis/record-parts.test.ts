import { expect, test } from "vitest";
import { aRun, type RunLog } from "../testing/a-run.ts";
import { RECORD_GROUPS, recordParts } from "./record-parts.ts";

function parts(log: RunLog, key = "train") {
  const { run } = log.at(1_000);
  const attempt = (run.nodes.get(key) ?? run.root).current;
  if (!attempt) throw new Error("there is no attempt");
  return recordParts(attempt, run);
}

const told = (log: RunLog, key?: string) =>
  Object.fromEntries(parts(log, key).flatMap(({ id, told }) => (told === null ? [] : [[id, told]])));

test("of an attempt that only started nearly all is missing", () => {
  expect(told(aRun("nightly").starts(0).taskStarts("train", 10))).toEqual({
    parent: expect.any(String),
    start: "START",
  });
});

test("what is told is present, in a few words", () => {
  const log = aRun("nightly")
    .starts(0)
    .plan("ingest -> train")
    .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
    .beats("train", { from: 10, to: 100, every: 10 })
    .writes("train", "model", 90)
    .waitsFor("train", 95, { kind: "pool", on: "gpu" });
  expect(told(log)).toMatchObject({
    plan: "2 nodes",
    outputs: "1 output",
    written: "1 output",
    beats: "every 10s, promised",
    waits: "pool",
  });
  expect(told(log)).not.toHaveProperty("end");
  expect(told(log.completes("train", 100))).toMatchObject({ end: "completed" });
});

test("the run itself has no parent, and that is no lack", () => {
  const log = aRun("nightly").starts(0).taskStarts("train", 10);
  expect(told(log, "nightly")["parent"]).toContain("the run itself");
});

test("each part says what it lets us say, and by what it is told", () => {
  const all = parts(aRun("nightly").starts(0).taskStarts("train", 10));
  expect(new Set(all.map((part) => part.id)).size).toBe(all.length);
  expect([...new Set(all.map((part) => part.group))].sort()).toEqual([...RECORD_GROUPS].sort());
  for (const { by, lets } of all)
    expect([by, lets]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\.$/)]);
});
