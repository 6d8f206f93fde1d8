import { describe, expect, it } from "vitest";
import { aRun, second } from "./a-run.ts";
import { readLog, readSeconds } from "./read-log.ts";

describe("aRun", () => {
  it("tells a run that the projections understand", () => {
    const { run, now } = aRun("nightly")
      .starts(0)
      .plan("ingest -> train")
      .taskStarts("train[2]", 10, { outputs: ["model"], promises: 10 })
      .writes("train[2]", "model", 90)
      .at(200);
    expect(now).toBe(second(200));
    expect([...run.nodes.keys()]).toEqual(["ingest", "train[2]"]);
    expect(run.nodes.get("train[2]")?.upstream).toEqual(["ingest"]);
    expect(run.planKnown).toBe(true);
  });

  it("knows at an instant only what had been received by then", () => {
    const log = aRun("n", { lag: 100 }).starts(0).taskStarts("a", 10).completes("a", 20);
    expect(log.at(119).run.nodes.get("a")?.status).toBe("running");
    expect(log.at(120).run.nodes.get("a")?.status).toBe("completed");
  });

  it("cannot write what the product would refuse", () => {
    const log = aRun("n").starts(0);
    expect(() => log.promises("n", -1)).toThrow();
    // @ts-expect-error there is no such status
    expect(() => log.cache("n", "PERHAPS", 1)).toThrow();
  });
});

describe("the language of the pages", () => {
  it("reads times", () => {
    expect(["90s", "1h30m", "-22h", "1d"].map(readSeconds)).toEqual([90, 5400, -79_200, 86_400]);
    expect(() => readSeconds("soon")).toThrow("not a time");
  });

  it("refuses what it does not understand, and a log that asks nothing", () => {
    expect(() => readLog("0s train dances\nat 1s: nothing")).toThrow("not a sentence");
    expect(() => readLog("0s nightly starts")).toThrow("asks nothing");
  });
});
