import { describe, expect, it } from "vitest";
import { aRun, second } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const failed = () =>
  aRun("nightly")
    .starts(0)
    .plan("load_orders -> a -> b -> c; a -> d -> e; a -> f")
    .taskStarts("load_orders", 5, { integration: "airflow" })
    .fails("load_orders", 20, "KeyError: 'price'\nat line 3");

describe("failed-upstream", () => {
  it("speaks of the failed node and of how many wait for it", () => {
    expect(held(failed(), 79, "a")).toBeUndefined();
    const { headline, state, blockers } = diagnoseAt(failed(), 7220);
    expect(headline).toBe("`load_orders` failed 2h ago; 6 nodes wait for a success that cannot come.");
    expect(state).toBe("stuck");
    expect(blockers.map((b) => [b.nodeKey, b.holds])).toEqual([["a", 5]]);
    expect(verdictOf(failed(), 7220, "a", "failed-upstream")?.evidence[0]?.text).toContain(
      "KeyError: 'price'",
    );
  });

  it("is proven where the source said that no try is left", () => {
    const log = aRun("n")
      .starts(0)
      .plan("a -> b")
      .taskStarts("a", 1, { number: 2, maxAttempts: 2 })
      .fails("a", 5);
    expect(held(log, 100, "b")).toBe("failed-upstream proven");
    expect(held(failed(), 100, "a")).toBe("failed-upstream likely");
  });

  it("is silent while a try is left, and claims when it has not come for a day", () => {
    const log = aRun("n")
      .starts(0)
      .plan("a -> b")
      .taskStarts("a", 1, { number: 1, maxAttempts: 2 })
      .fails("a", 5);
    expect(held(log, 3600, "b")).toBe("blocked-upstream proven");
    expect(held(log, 86_500, "b")).toBe("failed-upstream likely");
  });

  it("is silent while another step may still move: the run cannot close before", () => {
    const busy = failed().taskStarts("other", 6);
    expect(held(busy, 7200, "a")).toBeUndefined();
    expect(diagnoseAt(busy, 7200).state).toBe("progressing");
    expect(diagnoseAt(busy, 7200).blockers.map((b) => b.nodeKey)).toEqual(["other"]);
    expect(held(busy.completes("other", 7200), 7300, "a")).toBe("failed-upstream likely");
  });

  it("waits ten minutes where Airflow's plan leaves out whether the failure is accepted", () => {
    const log = (told?: "none-failed") =>
      aRun("n", { integration: "airflow" })
        .starts(0)
        .plan("a -> b", told && { triggers: { b: told } })
        .taskStarts("a", 1, { maxAttempts: 1 })
        .fails("a", 2);
    expect(held(log("none-failed"), 62, "b")).toBe("failed-upstream proven");
    expect(held(log(), 601, "b")).toBeUndefined();
    expect(held(log(), 602, "b")).toBe("failed-upstream likely");
    expect(diagnoseAt(log(), 62).nextChangeAt).toBe(second(602));
    expect(verdictOf(log(), 602, "b", "failed-upstream")?.missing[0]).toContain("trigger rule of `b`");
  });

  it("counts dbt's aborted nodes as never to succeed", () => {
    const dbt = aRun("n").starts(0).plan("a -> b").taskStarts("a", 1).aborts("a", 2);
    expect(verdictOf(dbt, 100, "b", "failed-upstream")?.claim).toBe(
      "`a` was aborted 1m ago; 1 node waits for a success that cannot come",
    );
  });

  it("is silent where the failure is accepted, or the step before it was only skipped", () => {
    const cleanup = aRun("n")
      .starts(0)
      .plan("a -> b", { triggers: { b: "all-done" } })
      .taskStarts("a", 1)
      .fails("a", 2);
    expect(verdictOf(cleanup, 5000, "b", "failed-upstream")).toBeUndefined();
    const skipped = aRun("n").starts(0).plan("a -> b").settles({ a: "skipped" }, 5);
    expect(verdictOf(skipped, 5000, "b", "failed-upstream")).toBeUndefined();
  });

  it("sees through steps that never speak", () => {
    const through = aRun("n")
      .starts(0)
      .plan("a -> gate -> b -> c", { silent: ["gate"] })
      .taskStarts("a", 1)
      .fails("a", 2);
    expect(verdictOf(through, 100, "b", "failed-upstream")?.claim).toContain(
      "`a` failed 1m ago; 3 nodes wait",
    );
  });

  it("is over when the run is closed", () => {
    const { state, headline, blockers } = diagnoseAt(failed().ends(30, "failed"), 7200);
    expect(state).toBe("finished");
    expect(headline).toBe("Failed after 30s: `load_orders` failed (KeyError: 'price').");
    expect(blockers).toEqual([]);
  });

  it("gives Airflow's own command, which asks before it clears", () => {
    const commands = verdictOf(failed(), 100, "a", "failed-upstream")?.unblock.map((u) => u.command);
    expect(commands?.[0]).toBe("airflow tasks clear -f -t '^load_orders$' nightly");
  });
});
