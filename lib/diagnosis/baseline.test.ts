import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Instant } from "../base/instant.ts";
import { aRun } from "../testing/a-run.ts";
import {
  baselineKey,
  learn,
  MOST_OF_RUN,
  MOST_SAMPLES,
  mergeSamples,
  rangeOf,
  type Sample,
  sampleOf,
} from "./baseline.ts";

const sample = (id: number, fields: Partial<Sample> = {}): Sample => ({
  attemptId: `a${id}`,
  runId: `r${id % 9}`,
  endedAt: (id * 1000) as Instant,
  durationMs: id * 10,
  delayMs: null,
  beatIntervalMs: null,
  finalizingMs: null,
  logGapMs: null,
  outputs: 1,
  parameters: null,
  ...fields,
});

describe("samples", () => {
  it("of a node are the same in whatever order, batches and repetitions they come", () => {
    const some = fc.array(
      fc
        .record({ id: fc.integer({ min: 1, max: 60 }), delay: fc.option(fc.nat(3)) })
        .map(({ id, delay }) => sample(id, { delayMs: delay })),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(
        some.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        fc.integer({ min: 1, max: 20 }),
        ([list, shuffled], size) => {
          let inBatches: readonly Sample[] = [];
          for (let i = 0; i < shuffled.length; i += size)
            inBatches = mergeSamples(inBatches, shuffled.slice(i, i + size));
          expect(mergeSamples(inBatches, shuffled.slice(0, 3))).toEqual(mergeSamples(list, []));
        },
      ),
    );
  });

  it("are bounded: the latest are kept", () => {
    const kept = mergeSamples(
      Array.from({ length: 100 }, (_, i) => sample(i)),
      [],
    );
    expect(kept).toHaveLength(MOST_SAMPLES);
    expect(kept[0]?.attemptId).toBe("a99");
    const ofOne = Array.from({ length: 100 }, (_, i) => sample(i, { runId: "r" }));
    expect(mergeSamples(ofOne, [sample(200, { runId: "s" })])).toHaveLength(MOST_OF_RUN + 1);
  });

  it("keep of one attempt what is known best", () => {
    expect(mergeSamples([sample(1)], [sample(1, { delayMs: 7 })])).toEqual([sample(1, { delayMs: 7 })]);
  });
});

describe("the key of a baseline", () => {
  it("is the same for all instances of a step, at any depth", () => {
    expect(["train", "grp/fit[3]", "grp[a]/fit[3]"].map(baselineKey)).toEqual([
      "train",
      "grp/fit",
      "grp/fit",
    ]);
  });
});

describe("a range", () => {
  it("has median and p95 by nearest rank, of what is known", () => {
    expect(rangeOf([5, null, 1, 3])).toEqual({ count: 3, median: 3, p95: 5, longest: 5 });
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(rangeOf(hundred)).toEqual({ count: 100, median: 50, p95: 95, longest: 100 });
    expect(rangeOf([null])).toBeUndefined();
  });
});

describe("what is learned", () => {
  const all = [1, 2, 3, 4, 5, 6].map((id) => sample(id, { parameters: id < 6 ? "x" : "y" }));

  it("is of equal parameters where there are enough of them, else of all", () => {
    expect(learn(all, "x", 5)).toMatchObject({ samples: 5, sameParameters: true, duration: { longest: 50 } });
    expect(learn(all, "y", 5)).toMatchObject({
      samples: 6,
      sameParameters: false,
      duration: { longest: 60 },
    });
    expect(learn(all, null, 5)).toMatchObject({ samples: 6, sameParameters: false });
  });

  it("counts only attempts that completed by their own work for durations and outputs", () => {
    const failed = sample(7, { durationMs: null, delayMs: 5 });
    expect(learn([...all, failed], null, 5)).toMatchObject({
      samples: 7,
      duration: { count: 6 },
      outputs: { count: 6 },
      delay: { count: 1 },
    });
  });
});

describe("the sample of an attempt", () => {
  const attemptOf = (log: ReturnType<typeof aRun>) => {
    const attempt = log.at(9000).run.nodes.get("train")?.current;
    if (!attempt) throw new Error("no attempt");
    return attempt;
  };
  const log = () =>
    aRun("n")
      .starts(0)
      .taskStarts("train", 10, { promises: 10, parameters: { days: "1" } })
      .process("train", 20, { lastLogAt: 20 })
      .process("train", 50, { lastLogAt: 50 })
      .process("train", 60, { lastLogAt: 60 })
      .writes("train", "model", 70)
      .tells("train", "Finalizing", 80);

  it("says how long it took and what it kept", () => {
    expect(sampleOf(attemptOf(log().completes("train", 110)), "r", 2000)).toMatchObject({
      durationMs: 100_000,
      delayMs: 2000,
      beatIntervalMs: 10_000,
      finalizingMs: 30_000,
      logGapMs: 30_000,
      outputs: 1,
    });
  });

  it("has no duration where it failed, and is none where it runs, was reused or owes no end", () => {
    expect(sampleOf(attemptOf(log().fails("train", 110)), "r", null)).toMatchObject({
      durationMs: null,
      finalizingMs: null,
    });
    expect(sampleOf(attemptOf(log()), "r", null)).toBeUndefined();
    expect(
      sampleOf(attemptOf(log().cache("train", "HIT", 11).completes("train", 110)), "r", null),
    ).toBeUndefined();
    const stream = aRun("n")
      .starts(0)
      .taskStarts("train", 1, { processing: "streaming" })
      .completes("train", 9);
    expect(sampleOf(attemptOf(stream), "r", null)).toBeUndefined();
  });

  it("names parameters so that equal ones have one name, in whatever order", () => {
    const named = (parameters: Record<string, string>) =>
      sampleOf(
        attemptOf(aRun("n").starts(0).taskStarts("train", 1, { parameters }).completes("train", 9)),
        "r",
        null,
      )?.parameters;
    expect(named({ a: "1", b: "2" })).toBe(named({ b: "2", a: "1" }));
    expect(named({ a: "1", b: "2" })).not.toBe(named({ a: "1", b: "3" }));
  });
});
