import { expect, test } from "vitest";
import { aRun, type RunLog, second } from "../testing/a-run.ts";
import { signsOf } from "./life-kinds.ts";

function signs(log: RunLog): string[] {
  const attempt = log.at(1_000).run.nodes.get("train")?.current;
  if (!attempt) throw new Error("there is no attempt");
  return signsOf(attempt).map(({ kind, at, what }) =>
    [kind, Math.floor((at - second(0)) / 1000), what].filter((word) => word !== undefined).join(" "),
  );
}

test("each kind of life that was shown has its own last time", () => {
  const log = aRun("nightly")
    .starts(0)
    .taskStarts("train", 10, { outputs: ["model", "metrics"], promises: 10 })
    .tells("train", "Running", 12)
    .beats("train", { from: 10, to: 100, every: 10 })
    .process("train", 60, { lastLogAt: 55 })
    .writes("train", "model", 70)
    .writes("train", "metrics", 90)
    .tells("train", "Finalizing", 95)
    .tells("train", "Running", 120);
  expect(signs(log)).toEqual([
    "beat 100",
    "log 55",
    expect.stringMatching(/^output 90 .*metrics/),
    "state 95 Finalizing",
    "message 120",
  ]);
});

test("what never beat, logged or wrote shows the messages alone", () => {
  expect(signs(aRun("nightly").starts(0).taskStarts("train", 10))).toEqual(["message 10"]);
});
