import { describe, expect, it } from "vitest";
import { aRun, type RunOptions } from "../../testing/a-run.ts";
import { diagnoseAt, held } from "../../testing/verdict-on.ts";

const two = (options: RunOptions = {}) =>
  aRun("nightly", options)
    .starts(0)
    .plan("a -> c; b -> c")
    .taskStarts("a", 10, { promises: 10, outputs: ["x"] })
    .taskStarts("b", 10, { promises: 10, outputs: ["y"] })
    .beats("a", { from: 20, to: 100, every: 10 });

describe("dark-source", () => {
  it("claims where all attempts that beat fell silent together", () => {
    const log = two().beats("b", { from: 20, to: 100, every: 10 });
    expect(held(log, 200, "a")).toBe("dark-source likely");
    expect(held(log, 200, "b")).toBe("dark-source likely");
    const { state, sources, headline } = diagnoseAt(log, 200);
    expect(state).toBe("unknown");
    expect(sources.map((s) => s.dark)).toEqual([true]);
    expect(headline).toContain("Nothing has been received from `airflow-prod` for 1m");
  });

  it("is silent where another attempt went on: then one of them is dead", () => {
    const log = two().beats("b", { from: 20, to: 200, every: 10 });
    expect(held(log, 200, "a")).toBe("silent-heartbeat likely");
    expect(held(log, 200, "b")).toBeUndefined();
  });

  it("is silent where the source itself was heard since", () => {
    const log = two().beats("b", { from: 20, to: 100, every: 10 }).hears(150);
    expect(held(log, 200, "a")).toBe("silent-heartbeat likely");
  });

  it("does not take back a death that was known before the source fell dark", () => {
    const log = two().beats("b", { from: 20, to: 500, every: 10 }).elsewhere("x", { every: 10, last: 500 });
    expect(held(log, 900, "a")).toBe("silent-heartbeat likely");
    expect(held(log, 900, "b")).toBe("dark-source likely");
  });

  it("is not told from an attempt that died long before and was never closed", () => {
    const log = two().beats("b", { from: 20, to: 500, every: 10 });
    expect(held(log, 900, "b")).toBe("silent-heartbeat likely");
  });

  it("cannot be told of a source of which one attempt beats", () => {
    const log = aRun("n").starts(0).taskStarts("a", 10, { promises: 10 });
    expect(held(log, 200, "a")).toBe("silent-heartbeat likely");
    expect(diagnoseAt(log, 200).verdicts[0]?.missing.join()).toContain("no other attempt");
  });

  it("is never claimed of what was imported", () => {
    const log = two({ importedAt: 90_000 }).beats("b", { from: 20, to: 100, every: 10 });
    expect(held(log, 90_100, "a")).toBe("silent-heartbeat likely");
    expect(diagnoseAt(log, 90_100).sources.map((s) => s.dark)).toEqual([false]);
  });

  it("keeps never-started from being claimed meanwhile", () => {
    const log = aRun("n")
      .starts(0)
      .plan("a -> b")
      .taskStarts("a", 5)
      .completes("a", 10)
      .elsewhere("x", { every: 10, last: 10 })
      .elsewhere("y", { every: 10, last: 11 });
    expect(held(log, 5000, "b")).toBeUndefined();
  });
});
