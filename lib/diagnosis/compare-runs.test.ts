import { describe, expect, it } from "vitest";
import { plus } from "../base/instant.ts";
import { aRun, type RunLog } from "../testing/a-run.ts";
import { IMPORTED_AT, runOfMessages, type Said } from "../testing/run-of-messages.ts";
import { compareRuns } from "./compare-runs.ts";

/** Compares the run of `now`, as it is at a second, with that of `before`, which is long past. */
function compare(before: RunLog, now: RunLog, at = 10_000) {
  const told = now.at(at);
  return compareRuns(told.run, before.at(10_000).run, told.now);
}

/** A chain of three, of which each part may be told otherwise. */
function chain(tell: (log: RunLog) => RunLog = (log) => log): RunLog {
  const log = aRun("nightly")
    .plan("load -> clean -> train")
    .starts(0)
    .taskStarts("load", 10)
    .completes("load", 20)
    .taskStarts("clean", 20)
    .completes("clean", 40)
    .taskStarts("train", 40);
  return tell(log);
}

const whole = (log: RunLog) => log.completes("train", 100).ends(101);
const CODE = { "code:train.py": "c1", "parameter:lr": "p1", "input:orders": "i1", "environment:image": "e1" };

const kinds = (c: ReturnType<typeof compare>) => c.differences.map((d) => `${d.kind} ${d.nodeKey}`);

describe("two runs of a pipeline", () => {
  it("that are alike have no difference", () => {
    const same = compare(chain(whole), chain(whole));
    expect(same.differences).toEqual([]);
    expect(same.nodes.map((n) => n.key)).toEqual(["", "load", "clean", "train"]);
    expect(same.headline).toBe(
      "Nothing was told of code, parameters, inputs or environment that could be compared.",
    );
    const told = (log: RunLog) => whole(log.cache("train", "MISS", 41, CODE));
    expect(compare(chain(told), chain(told)).headline).toBe("Nothing that was told of these runs differs.");
  });

  it("differ first in code, then in parameters, inputs, environment, structure, and last in what follows", () => {
    const before = chain((log) => whole(log.cache("train", "HIT", 41, CODE)));
    const changed = {
      "code:train.py": "c2",
      "parameter:lr": "p2",
      "input:orders": "i2",
      "environment:image": "e2",
    };
    const now = chain((log) =>
      log
        .cache("train", "MISS", 41, changed)
        .taskStarts("extra", 50)
        .completes("extra", 60)
        .fails("train", 900)
        .ends(901, "failed"),
    );
    expect(kinds(compare(before, now))).toEqual([
      "code train",
      "parameter train",
      "input train",
      "environment train",
      "structure extra",
      "cache train",
      "outcome ",
      "outcome train",
      "duration ",
    ]);
    expect(compare(before, now).headline).toBe(
      "The code of `train` changed: `train.py` was `c1`, now it is `c2`.",
    );
  });

  it("differ first in the most upstream step, of one kind", () => {
    const told = (version: string) => (log: RunLog) =>
      whole(
        ["train", "clean", "load"].reduce((l, t) => l.cache(t, "MISS", 15, { "code:lib.py": version }), log),
      );
    const found = compare(chain(told("c1")), chain(told("c2")));
    expect(kinds(found)).toEqual(["code load", "code clean", "code train"]);
    expect(found.headline).toContain("The same kind of change is in 2 other nodes.");
  });

  it("are not said to differ in what was told of one of them only", () => {
    const silent = chain(whole);
    const told = chain((log) => whole(log.cache("train", "MISS", 41, CODE)));
    expect(kinds(compare(silent, told))).toEqual([]);
    expect(kinds(compare(told, silent))).toEqual([]);
  });

  it("differ in how long they took where it is more than chance: by half, and by ten seconds", () => {
    const took = (seconds: number) => chain((log) => log.completes("train", 40 + seconds).ends(1_000));
    expect(kinds(compare(took(60), took(89)))).toEqual([]);
    expect(kinds(compare(took(60), took(90)))).toEqual(["duration train"]);
    expect(kinds(compare(took(90), took(60)))).toEqual(["duration train"]);
    expect(kinds(compare(took(9), took(18)))).toEqual([]);
    expect(compare(took(60), took(600)).headline).toBe(
      "Nothing was told of code, parameters, inputs or environment that could be compared. " +
        "`train` took 10m, and before 1m.",
    );
  });

  it("leave out what a run that goes on has not done yet, and tell what takes too long already", () => {
    const before = chain(whole);
    const open = chain();
    expect(kinds(compare(before, open, 50))).toEqual([]);
    expect(kinds(compare(before, open, 90))).toEqual([]);
    expect(kinds(compare(before, open, 400))).toEqual(["duration ", "duration train"]);
    expect(compare(before, open, 400).headline).toContain(
      "The longest delay is at `train`: 6m so far, and 1m before.",
    );
  });

  it("do not miss steps in a run that goes on and never told its plan", () => {
    const unplanned = (log: RunLog) => log.starts(0).taskStarts("a", 1).completes("a", 2);
    const before = unplanned(aRun("n")).taskStarts("b", 3).completes("b", 4).ends(5);
    expect(kinds(compare(before, unplanned(aRun("n"))))).not.toContain("structure b");
    expect(kinds(compare(before, unplanned(aRun("n")).ends(5)))).toContain("structure b");
  });

  it("differ in what comes after what", () => {
    const tell = (plan: string) => aRun("n").starts(0).plan(plan).ends(5);
    const found = compare(tell("a -> b; a -> c"), tell("a -> b -> c"));
    expect(found.differences).toEqual([
      { kind: "structure", nodeKey: "c", name: "comes after", before: null, now: "b" },
      { kind: "structure", nodeKey: "c", name: "comes after", before: "a", now: null },
    ]);
    expect(found.headline).toContain("`c` comes after `b`, which it did not before.");
  });

  it("lose a step's edges with the step: that it is gone says it all", () => {
    const tell = (plan: string) => aRun("n").starts(0).plan(plan).ends(5);
    expect(kinds(compare(tell("a -> b -> c"), tell("a -> b")))).toEqual(["structure c"]);
    expect(kinds(compare(tell("a -> b"), tell("a -> b -> c")))).toEqual(["structure c"]);
  });

  it("are compared as steps that wait for each other in a circle, too", () => {
    const ring = aRun("n").starts(0).plan("a -> b -> a").ends(5);
    expect(compare(ring, ring).nodes.map((n) => n.key)).toEqual(["", "a", "b"]);
  });
});

describe("what an attempt was made of", () => {
  const run = (facets: object, jobFacets: object = {}, more: Partial<Said> = {}) =>
    runOfMessages(
      "r",
      { type: "START", id: "r", job: "dag" },
      { type: "START", id: "t", job: "dag.train", parent: "r", facets, jobFacets, ...more },
    );
  const found = (before: ReturnType<typeof run>, now: ReturnType<typeof run>) =>
    compareRuns(now, before, plus(IMPORTED_AT, 0))
      .differences.filter((d) => d.nodeKey === "train")
      .map(({ kind, name, before: was, now: is }) => [kind, name, was, is]);
  const parameters = (values: Record<string, string>) => ({
    executionParameters: { parameters: Object.entries(values).map(([key, value]) => ({ key, value })) },
  });

  it("is told by the standard's facets, without a cache", () => {
    const code = (version: string) => ({
      sourceCodeLocation: { type: "git", url: "https://g.test/x", version },
    });
    const engine = (version: string) => ({ processing_engine: { name: "Spark", version } });
    expect(
      found(
        run({ ...parameters({ epochs: "40", seed: "7" }), ...engine("3.5.0") }, code("1f0c")),
        run({ ...parameters({ epochs: "50", lr: "0.1" }), ...engine("3.5.1") }, code("2a1d")),
      ),
    ).toEqual([
      ["code", "version", "1f0c", "2a1d"],
      ["parameter", "epochs", "40", "50"],
      ["parameter", "lr", null, "0.1"],
      ["parameter", "seed", "7", null],
      ["environment", "engine", "Spark 3.5.0", "Spark 3.5.1"],
    ]);
  });

  it("is not known to differ where it was told of one run only", () => {
    const code = { sourceCodeLocation: { type: "git", url: "https://g.test/x", version: "2a1d" } };
    const told = run({ ...parameters({ lr: "1" }), processing_engine: { version: "3.5" } }, code);
    expect(found(run({}), told)).toEqual([]);
    expect(found(told, run({}))).toEqual([]);
  });

  it("is told by the image, and not by the host, which is another one every time", () => {
    const process = (containerImage: string, host: string) => ({ unstuck_process: { containerImage, host } });
    expect(found(run(process("train:41", "a")), run(process("train:41", "b")))).toEqual([]);
    expect(found(run(process("train:41", "a")), run(process("train:42", "a")))).toEqual([
      ["environment", "image", "train:41", "train:42"],
    ]);
  });

  it("is told by inputs: another one, and one that is read no longer once the step has ended", () => {
    const reads = (...inputs: string[]) => run({}, {}, { inputs });
    expect(found(reads("orders"), reads("orders", "prices"))).toEqual([["input", "prices", null, "read"]]);
    expect(found(reads("orders", "prices"), reads("orders"))).toEqual([]);
    const ended = (...inputs: string[]) => run({}, {}, { inputs, type: "COMPLETE" });
    expect(found(reads("orders", "prices"), ended("orders"))).toEqual([["input", "prices", "read", null]]);
  });
});
