import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { held, verdictOf } from "../../testing/verdict-on.ts";

const log = (columns: string, before = ["id int", "price float"]) =>
  aRun("nightly")
    .past("train", { columns: { orders: before } })
    .starts(0)
    .taskStarts("train", 10)
    .columns("train", "input", "orders", columns, 10);
const rule = "drifted-schema";

describe("drifted-schema", () => {
  it("says which columns are gone, of another type, and new", () => {
    const verdict = verdictOf(log("id bigint, cost float"), 400, "train", rule);
    expect(verdict?.claim).toBe(
      "`orders`, which `train` reads, has changed since it last went well 1d ago: `price` is gone, `id` was `int` and is `bigint`, `cost` is new",
    );
    expect(verdict?.certainty).toBe("proven");
    expect(verdict?.evidence.map((e) => e.eventId !== null)).toEqual([false, true]);
  });

  it("holds for a step that failed, also once the run has ended", () => {
    expect(verdictOf(log("id int").fails("train", 60).ends(70), 400, "train", rule)).toBeDefined();
  });

  it("is silent where the step went well all the same, or was reused", () => {
    const missed = log("id int").cache("train", "MISS", 11).completes("train", 60);
    expect(verdictOf(missed, 400, "train", rule)).toBeUndefined();
    const failed = log("id int").cache("train", "MISS", 11).fails("train", 60);
    expect(verdictOf(failed, 400, "train", rule)).toBeDefined();
    expect(verdictOf(log("id int").cache("train", "HIT", 11), 400, "train", rule)).toBeUndefined();
  });

  it("minds neither the order, nor the case of a type, nor a type that one side does not tell", () => {
    expect(verdictOf(log("price float, id int"), 400, "train", rule)).toBeUndefined();
    expect(verdictOf(log("id INT, price Float"), 400, "train", rule)).toBeUndefined();
    expect(verdictOf(log("id, price"), 400, "train", rule)).toBeUndefined();
  });

  it("compares with the newest attempt that went well and told columns", () => {
    const told = log("id int")
      .past("train", { outcome: "failed", columns: { orders: ["id int"] } })
      .past("train", { columns: { orders: ["id int"] } });
    expect(verdictOf(told, 400, "train", rule)?.claim).toContain("`price` is gone");
    const failedOnly = aRun("n")
      .past("train", { outcome: "failed", columns: { orders: ["id int"] } })
      .starts(0)
      .taskStarts("train", 10)
      .columns("train", "input", "orders", "x int", 10);
    expect(verdictOf(failedOnly, 400, "train", rule)).toBeUndefined();
  });

  it("looks at inputs only, by their name, and never holds a run", () => {
    const output = log("id int, price float").columns("train", "output", "orders", "x int", 11);
    expect(verdictOf(output, 400, "train", rule)).toBeUndefined();
    const other = log("id int, price float").columns("train", "input", "customers", "x int", 11);
    expect(verdictOf(other, 400, "train", rule)).toBeUndefined();
    expect(held(log("id int"), 400, "train")).toBeUndefined();
  });
});
