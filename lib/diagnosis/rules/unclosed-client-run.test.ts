import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { held, verdictOf } from "../../testing/verdict-on.ts";

const rule = "unclosed-client-run";
const log = (integration = "mlflow") => aRun("fit", { integration }).starts(0).writes("fit", "model", 600);
const HOUR = 3600;

describe("unclosed-client-run", () => {
  it("is possible after an hour without activity, and likely after a day", () => {
    expect(verdictOf(log(), 600 + HOUR - 1, "fit", rule)).toBeUndefined();
    expect(held(log(), 600 + HOUR, "fit")).toBe("unclosed-client-run possible");
    expect(held(log(), 600 + 24 * HOUR, "fit")).toBe("unclosed-client-run likely");
    expect(verdictOf(log(), 2 * HOUR, "fit", rule)?.claim).toBe(
      "`fit` is open until its client closes it, and has shown nothing for 1h 50m",
    );
  });

  it("measures by five finished runs, where they are known", () => {
    const known = log();
    for (let i = 0; i < 5; i++) known.past("fit", { startedAt: -90_000, endedAt: -90_000 + 4 * HOUR });
    expect(verdictOf(known, 4 * HOUR - 1, "fit", rule)).toBeUndefined();
    expect(held(known, 4 * HOUR, "fit")).toBe("unclosed-client-run likely");
  });

  it("knows a client by its integration or its kind of job, and no orchestrator", () => {
    expect(held(log("wandb"), 3 * HOUR, "fit")).toBe("unclosed-client-run possible");
    const notebook = aRun("n").starts(0, { jobKind: "NOTEBOOK" });
    expect(held(notebook, 3 * HOUR, "n")).toBe("unclosed-client-run possible");
    expect(verdictOf(log("airflow"), 30 * HOUR, "fit", rule)).toBeUndefined();
  });

  it("counts any sign as activity", () => {
    const logs = log().process("fit", HOUR, { lastLogAt: HOUR });
    expect(verdictOf(logs, 2 * HOUR - 1, "fit", rule)).toBeUndefined();
    expect(verdictOf(logs, 2 * HOUR, "fit", rule)).toBeDefined();
  });

  it("leaves what beats, what is complete and what has ended to others", () => {
    const beats = log().promises("fit", 10).beats("fit", { from: 10, to: 100, every: 10 });
    expect(held(beats, 3 * HOUR, "fit")).toBe("lost-completion likely");
    const complete = aRun("fit", { integration: "mlflow" })
      .starts(0, { outputs: ["model"] })
      .writes("fit", "model", 600);
    expect(held(complete, 3 * HOUR, "fit")).toBe("lost-completion likely");
    const waits = log().waitsFor("fit", 700, { kind: "approval" });
    expect(verdictOf(waits, 30 * HOUR, "fit", rule)).toBeUndefined();
    expect(held(log().tells("fit", "FINISHING", 700), 30 * HOUR, "fit")).toBe(
      "lingering-finalization possible",
    );
    const word = verdictOf(log().tells("fit", "FINISHING", 700), 30 * HOUR, "fit", "lingering-finalization");
    expect(word?.ruledOut.find((r) => r.rule === rule)?.because).toContain("FINISHING");
    expect(verdictOf(log().ends(700), 30 * HOUR, "fit", rule)).toBeUndefined();
    const parent = log().taskStarts("child", 10);
    expect(verdictOf(parent, 3 * HOUR, "fit", rule)).toBeUndefined();
  });

  it("takes the ages of an import from what it says", () => {
    const old = aRun("fit", { integration: "mlflow", importedAt: 90_000 }).starts(0).says("fit", 400);
    expect(held(old, 90_001, "fit")).toBe("unclosed-client-run likely");
  });
});
