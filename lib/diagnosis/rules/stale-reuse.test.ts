import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { verdictOf } from "../../testing/verdict-on.ts";

const rule = "stale-reuse";
const log = (read: Record<string, string>, status: "HIT" | "MISS" = "HIT", version?: string) =>
  aRun("nightly")
    .original("old.prep", { status: "completed", endedAt: -86_400, read })
    .starts(0)
    .taskStarts("prep", 1)
    .reads("prep", "orders", 1, version)
    .cache("prep", status, 2, {}, "old.prep");

describe("stale-reuse", () => {
  it("names the input, from which version to which", () => {
    expect(verdictOf(log({ orders: "v1" }, "HIT", "v2"), 60, "prep", rule)?.claim).toBe(
      "`prep` was reused from 1d ago, though its input `orders` went from version `v1` to `v2` since",
    );
  });

  it("is silent where versions agree, where one is not told, and of other inputs", () => {
    expect(verdictOf(log({ orders: "v2" }, "HIT", "v2"), 60, "prep", rule)).toBeUndefined();
    expect(verdictOf(log({ orders: "v1" }), 60, "prep", rule)).toBeUndefined();
    expect(verdictOf(log({ customers: "v1" }, "HIT", "v2"), 60, "prep", rule)).toBeUndefined();
  });

  it("is silent where it was run, and where nothing is known of the original", () => {
    expect(verdictOf(log({ orders: "v1" }, "MISS", "v2"), 60, "prep", rule)).toBeUndefined();
    const unknown = aRun("n").starts(0).taskStarts("prep", 1).reads("prep", "orders", 1, "v2");
    expect(verdictOf(unknown.cache("prep", "HIT", 2, {}, "gone"), 60, "prep", rule)).toBeUndefined();
  });
});
