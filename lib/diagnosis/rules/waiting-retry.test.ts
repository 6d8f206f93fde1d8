import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const failed = (options: { number?: number; maxAttempts?: number } = { number: 1, maxAttempts: 3 }) =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, options)
    .fails("train", 100, "connection refused\n  at x");

describe("waiting-retry", () => {
  it("says why, and how many tries are left", () => {
    expect(held(failed(), 200, "train")).toBe("waiting-retry likely");
    expect(diagnoseAt(failed(), 200).state).toBe("waiting");
    expect(verdictOf(failed(), 200, "train", "waiting-retry")?.claim).toBe(
      "`train` failed 1m ago (connection refused); another try is to come, 2 tries of 3 left",
    );
  });

  it("says when the next is due, and that it is overdue ten minutes later", () => {
    const log = failed().waitsFor("train", 101, { kind: "retry", until: 400 });
    expect(held(log, 399, "train")).toBe("waiting-retry proven");
    expect(verdictOf(log, 280, "train", "waiting-retry")?.claim).toContain("the next try is due in 2m");
    expect(diagnoseAt(log, 999).state).toBe("waiting");
    expect(held(log, 1000, "train")).toBe("waiting-retry possible");
    expect(diagnoseAt(log, 1000).state).toBe("suspect");
    expect(verdictOf(log, 1000, "train", "waiting-retry")?.claim).toContain(
      "was due 10m ago and has not begun",
    );
  });

  it("takes a source's word that a try follows, also where the number of tries is not known", () => {
    expect(held(failed({}), 200, "train")).toBeUndefined();
    expect(held(failed({}), 200, "report")).toBe("failed-upstream likely");
    const told = failed({}).waitsFor("train", 101, { kind: "retry", until: 400 });
    expect(held(told, 200, "train")).toBe("waiting-retry proven");
    expect(held(told, 200, "report")).toBe("blocked-upstream proven");
  });

  it("does not take a wait before the try for one after it", () => {
    const log = aRun("nightly")
      .starts(0)
      .plan("train -> report")
      .waits("train", 5)
      .waitsFor("train", 5, { kind: "retry", until: 10 })
      .taskStarts("train", 10)
      .fails("train", 100);
    expect(held(log, 200, "train")).toBeUndefined();
  });

  it("waits too where the next try was announced under an id of its own", () => {
    const log = failed()
      .waits("train", 110, { number: 2 })
      .waitsFor("train", 110, { kind: "retry", until: 400 });
    expect(held(log, 200, "train")).toBe("waiting-retry proven");
  });

  it("is silent once the next try has started, once none is left, and after a day", () => {
    expect(held(failed().taskStarts("train", 150, { number: 2 }), 200, "train")).toBeUndefined();
    expect(held(failed({ number: 3, maxAttempts: 3 }), 200, "train")).toBeUndefined();
    expect(held(failed(), 100 + 86_399, "train")).toBe("waiting-retry likely");
    expect(held(failed(), 100 + 86_400, "train")).toBeUndefined();
  });

  it("is silent below a root that fell silent", () => {
    const log = aRun("n")
      .starts(0, { promises: 10 })
      .taskStarts("t", 1, { number: 1, maxAttempts: 3 })
      .fails("t", 5);
    expect(held(log, 600, "t")).toBeUndefined();
  });
});
