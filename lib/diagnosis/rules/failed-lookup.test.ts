import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { verdictOf } from "../../testing/verdict-on.ts";

const rule = "failed-lookup";
const log = () => aRun("nightly").starts(0).plan("prep -> train").taskStarts("prep", 1);

describe("failed-lookup", () => {
  it("says that the cache could not be asked, with the reason, and what ran because of it", () => {
    const failed = log()
      .cache("prep", "LOOKUP_FAILED", 2, {}, undefined, { reason: "403 Forbidden\nat bucket" })
      .past("train", { components: { "upstream:prep": "1" } })
      .taskStarts("train", 10)
      .cache("train", "MISS", 11, { "upstream:prep": "2" });
    const verdict = verdictOf(failed, 60, "prep", rule);
    expect(verdict?.claim).toBe(
      "`prep` was run because its cache could not be asked; `train` behind it ran again as a consequence",
    );
    expect(verdict?.evidence.map((e) => e.text)).toContain("The reason it gave: 403 Forbidden");
    expect(verdictOf(failed, 60, "train", "changed-key")).toBeUndefined();
  });

  it("says that the next run will have to make it again where it could not be written", () => {
    const stored = log().cache("prep", "STORE_FAILED", 50).completes("prep", 51);
    expect(verdictOf(stored, 60, "prep", rule)?.claim).toContain("the next run will have to make it again");
  });

  it("gives no reason of an earlier decision for its own", () => {
    const twice = log()
      .cache("prep", "MISS", 2, {}, undefined, { reason: "no such key" })
      .cache("prep", "STORE_FAILED", 50);
    expect(verdictOf(twice, 60, "prep", rule)?.missing).toEqual([]);
    expect(verdictOf(twice, 60, "prep", rule)?.evidence.map((e) => e.text)).not.toContain(
      "The reason it gave: no such key",
    );
  });

  it("is silent where the cache answered in the end", () => {
    const again = log().cache("prep", "LOOKUP_FAILED", 2).cache("prep", "MISS", 3);
    expect(verdictOf(again, 60, "prep", rule)).toBeUndefined();
  });
});
