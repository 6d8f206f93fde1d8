import { describe, expect, it } from "vitest";
import { aRun, type PlanOptions } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const log = (plan = "ingest -> train", options: PlanOptions = {}) =>
  aRun("nightly").starts(0).plan(plan, options).taskStarts("ingest", 5).completes("ingest", 10);

describe("never-started", () => {
  it("is possible after 10 minutes, where no earlier run is known", () => {
    expect(held(log(), 609, "train")).toBeUndefined();
    expect(held(log(), 610, "train")).toBe("never-started possible");
    expect(diagnoseAt(log(), 610).state).toBe("suspect");
  });

  it("is likely after three times what earlier runs took", () => {
    const known = log()
      .past("ingest", { run: "r1", startedAt: -9000, endedAt: -8000 })
      .past("train", { run: "r1", startedAt: -7970, endedAt: -7000 });
    expect(held(known, 99, "train")).toBeUndefined();
    expect(held(known, 100, "train")).toBe("never-started likely");
  });

  it("waits while as many are at work as ever were at once: slots are not told of", () => {
    const full = aRun("n").starts(0).plan("a; b; c; d").taskStarts("a", 1).taskStarts("b", 2);
    expect(held(full, 7200, "c")).toBeUndefined();
    expect(diagnoseAt(full, 7200).state).toBe("progressing");
    // One slot is free from 100 s on; c takes it, and then nobody takes the next one.
    const freed = full.completes("a", 100).taskStarts("c", 101).completes("c", 300);
    expect(held(freed, 250, "d")).toBeUndefined();
    expect(held(freed, 899, "d")).toBeUndefined();
    expect(held(freed, 900, "d")).toBe("never-started possible");
  });

  it("is silent of what was passed: what waits for it has begun", () => {
    const passed = aRun("n")
      .starts(0)
      .plan("list -> copy -> join; list -> other", { triggers: { join: "none-failed" } })
      .taskStarts("list", 1)
      .completes("list", 5)
      .taskStarts("other", 6)
      .completes("other", 8);
    expect(held(passed, 3600, "copy")).toBe("never-started possible");
    expect(held(passed.taskStarts("join", 9), 3600, "copy")).toBeUndefined();
    // Under this rule it may begin before the others have.
    const early = aRun("n")
      .starts(0)
      .plan("a -> join; b -> join", { triggers: { join: "one-success" } })
      .taskStarts("a", 1)
      .completes("a", 5)
      .taskStarts("join", 6)
      .completes("join", 8);
    expect(held(early, 3600, "b")).toBe("never-started possible");
  });

  it("waits while others fill all slots, until one of them takes three times what it usually does", () => {
    const busy = () =>
      [0, 1, 2, 3, 4].reduce(
        (runs, n) => runs.past("score", { run: `s${n}`, startedAt: -6000, endedAt: -5900 }),
        log("ingest -> train; ingest -> score")
          .past("ingest", { run: "r1", startedAt: -9000, endedAt: -8000 })
          .past("train", { run: "r1", startedAt: -7970, endedAt: -7000 })
          .taskStarts("score", 11),
      );
    expect(held(busy(), 310, "train")).toBeUndefined();
    expect(held(busy(), 311, "train")).toBe("never-started possible");
    expect(held(busy().completes("score", 90), 179, "train")).toBeUndefined();
    expect(held(busy().completes("score", 90), 180, "train")).toBe("never-started likely");
  });

  it("is never earlier than a minute, and needs no upstream", () => {
    const first = aRun("n").past("ingest", { run: "r1" }).starts(0).plan("ingest -> train");
    expect(held(first, 599, "ingest")).toBeUndefined();
    expect(held(first, 600, "ingest")).toBe("never-started likely");
    expect(held(first, 600, "train")).toBe("blocked-upstream proven");
  });

  it("passes through steps that never speak", () => {
    const through = log("ingest -> gate -> train", { silent: ["gate"] });
    expect(held(through, 700, "gate")).toBeUndefined();
    expect(held(through, 700, "train")).toBe("never-started possible");
  });

  it("is silent of what a branch may have skipped, for a day", () => {
    const branch = log("ingest -> choose -> a; choose -> b", {
      operators: { choose: "BranchPythonOperator" },
    })
      .taskStarts("choose", 11, { operator: "BranchPythonOperator" })
      .completes("choose", 12)
      .taskStarts("a", 13)
      .completes("a", 20);
    expect(held(branch, 5000, "b")).toBeUndefined();
    // Then all that is left is the run's own end.
    expect(held(branch, 5000, "nightly")).toBe("unclosed-parent possible");
  });

  it("is silent of Airflow's one_failed, which is read as all-done", () => {
    const alarm = log("ingest -> alarm", {
      operators: { alarm: "EmailOperator" },
      triggers: { alarm: "all-done" },
    });
    expect(held(alarm, 5000, "alarm")).toBeUndefined();
  });

  it("is silent while something before it is open, and once it is spoken of", () => {
    const open = aRun("n").starts(0).plan("ingest -> train").taskStarts("ingest", 5);
    expect(held(open, 5000, "train")).toBe("blocked-upstream proven");
    expect(held(log().waits("train", 11), 5000, "train")).toBeUndefined();
  });

  it("is only possible in Airflow while others work: a skip is not told before the run's end", () => {
    const known = aRun("nightly", { integration: "airflow" })
      .past("ingest", { run: "r1", startedAt: -9000, endedAt: -8000 })
      .past("train", { run: "r1", startedAt: -7970, endedAt: -7000 })
      .starts(0)
      .plan("ingest -> train; other")
      .taskStarts("ingest", 5)
      .completes("ingest", 10)
      .taskStarts("other", 5);
    expect(held(known, 700, "train")).toBe("never-started possible");
    expect(held(known.completes("other", 690), 700, "train")).toBe("never-started likely");
  });

  it("is nothing to a step behind one that was skipped", () => {
    const skipped = log("ingest -> a -> b").settles({ a: "skipped" }, 20);
    expect(verdictOf(skipped, 5000, "b", "never-started")).toBeUndefined();
  });

  it("takes ages of an import from what it says", () => {
    const old = aRun("nightly", { importedAt: 500_000 })
      .starts(0)
      .plan("ingest -> train")
      .taskStarts("ingest", 5)
      .completes("ingest", 300);
    expect(held(old, 500_001, "train")).toBe("never-started possible");
  });
});
