import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const waiting = () =>
  aRun("nightly").starts(0).plan("ingest -> train").taskStarts("ingest", 1).completes("ingest", 5);
const queued = (kind = "queue") =>
  waiting().waits("train", 10).waitsFor("train", 20, { kind, on: "gpu-a100", since: 10 });

describe("starved-queue", () => {
  it.each([
    ["queue", "the queue `gpu-a100`"],
    ["pool", "the pool `gpu-a100`"],
    ["capacity", "capacity of `gpu-a100`"],
    ["quota", "quota of `gpu-a100`"],
  ])("claims after ten minutes, and names what it waits for: %s", (kind, name) => {
    expect(held(queued(kind), 609, "train")).toBeUndefined();
    expect(held(queued(kind), 610, "train")).toBe("starved-queue proven");
    expect(diagnoseAt(queued(kind), 610).state).toBe("waiting");
    expect(verdictOf(queued(kind), 610, "train", "starved-queue")?.claim).toBe(
      `\`train\` has waited 10m for ${name}`,
    );
  });

  it("claims after three times what earlier runs took, where they tell", () => {
    const log = queued()
      .past("ingest", { run: "r1", startedAt: -9000, endedAt: -8000 })
      .past("train", { run: "r1", startedAt: -7900, endedAt: -7000 });
    expect(held(log, 309, "train")).toBeUndefined();
    expect(held(log, 310, "train")).toBe("starved-queue proven");
  });

  it("is silent of a queue that is always as long", () => {
    const log = queued()
      .past("ingest", { run: "r1", startedAt: -9000, endedAt: -8000 })
      .past("train", { run: "r1", startedAt: -6800, endedAt: -6000 });
    expect(held(log, 3600, "train")).toBeUndefined();
    expect(held(log, 3610, "train")).toBe("starved-queue proven");
  });

  it("reads its source's word for its state, of one that has not started and waits for no step", () => {
    expect(held(waiting().waits("train", 10).tells("train", "Queued", 10), 610, "train")).toBe(
      "starved-queue likely",
    );
    const started = waiting().taskStarts("train", 10).tells("train", "Queued", 9);
    expect(held(started, 900, "train")).toBeUndefined();
    const blocked = aRun("n")
      .starts(0)
      .plan("a -> b")
      .taskStarts("a", 1)
      .waits("b", 2)
      .tells("b", "Queued", 2);
    expect(held(blocked, 900, "b")).toBe("blocked-upstream proven");
  });

  it("counts from the newest word's own beginning, not from its repetition", () => {
    const log = waiting().waits("train", 10).tells("train", "Queued", 10).tells("train", "QUEUED", 500);
    expect(held(log, 609, "train")).toBeUndefined();
    expect(held(log, 610, "train")).toBe("starved-queue likely");
    const back = log.tells("train", "Starting", 300);
    expect(held(back, 899, "train")).toBeUndefined();
    expect(held(back, 900, "train")).toBe("starved-queue likely");
  });

  it("is silent once it has started", () => {
    expect(held(queued().taskStarts("train", 30), 5000, "train")).toBeUndefined();
  });

  it("leaves a pool whose holder is told to held-lock", () => {
    const log = waiting()
      .waits("train", 10)
      .waitsFor("train", 20, { kind: "pool", holder: { job: "x" } });
    expect(held(log, 900, "train")).toBe("held-lock proven");
  });

  it("is no more than possible where its source is dark", () => {
    const log = queued().elsewhere("x", { every: 10, last: 20 }).elsewhere("y", { every: 10, last: 21 });
    expect(held(log, 900, "train")).toBe("starved-queue possible");
  });

  it("takes ages of an import from what it says", () => {
    const old = aRun("n", { importedAt: 90_000 }).starts(0).waits("t", 10);
    old.waitsFor("t", 20, { kind: "queue", since: 10 }).says("t", 200);
    expect(held(old, 90_001, "t")).toBe("starved-queue proven");
  });
});
