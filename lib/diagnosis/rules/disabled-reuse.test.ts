import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, verdictOf } from "../../testing/verdict-on.ts";

const rule = "disabled-reuse";
const log = () => aRun("nightly").past("prep").starts(0).taskStarts("prep", 1);

describe("disabled-reuse", () => {
  it("says that reuse is off, and when it last completed", () => {
    const off = log().cache("prep", "DISABLED", 2, {}, undefined, { reason: "is_deterministic is false" });
    const verdict = verdictOf(off, 60, "prep", rule);
    expect(verdict?.claim).toBe(
      "`prep` was run again because reuse is off for it; it last completed 23h 54m ago",
    );
    expect(verdict?.evidence.map((e) => e.text)).toContain("The reason it gave: is_deterministic is false");
    expect(diagnoseAt(off, 60).state).toBe("progressing");
  });

  it("says no more than that where it never completed before: it would have run in any case", () => {
    const fresh = aRun("nightly").past("prep", { outcome: "failed" }).starts(0).taskStarts("prep", 1);
    const verdict = verdictOf(fresh.cache("prep", "DISABLED", 2), 60, "prep", rule);
    expect(verdict?.claim).toBe("Reuse is off for `prep`: its source said so 58s ago");
    expect(verdict?.missing[0]).toBe("an earlier execution that completed: there may be nothing to reuse");
  });

  it("is silent where the cache was passed by or asked, and where the newest word is another", () => {
    expect(verdictOf(log().cache("prep", "BYPASSED", 2), 60, "prep", rule)).toBeUndefined();
    expect(verdictOf(log().cache("prep", "MISS", 2), 60, "prep", rule)).toBeUndefined();
    const later = log().cache("prep", "DISABLED", 2).cache("prep", "HIT", 3);
    expect(verdictOf(later, 60, "prep", rule)).toBeUndefined();
  });
});
