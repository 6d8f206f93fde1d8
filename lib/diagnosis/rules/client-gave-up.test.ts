import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, verdictOf } from "../../testing/verdict-on.ts";

const run = (integration = "azureml") => aRun("nightly", { integration }).starts(0);
const note = (log: ReturnType<typeof run>, at = 120) => verdictOf(log, at, "nightly", "client-gave-up");

describe("client-gave-up", () => {
  it.each(["NotResponding", "Paused"])("notes what clients take for the end: %s", (word) => {
    const log = run().tells("nightly", word, 60);
    expect(note(log)?.claim).toContain(`\`nightly\` has been \`${word}\` since 1m ago`);
    expect(note(log)?.ruleClass).toBe("note");
    // A note holds nothing: the run goes on as before.
    expect(diagnoseAt(log, 120).state).toBe("progressing");
  });

  it("is silent of other states, once another was told, and after the end", () => {
    expect(note(run().tells("nightly", "Finalizing", 60))).toBeUndefined();
    expect(note(run().tells("nightly", "NotResponding", 60).tells("nightly", "Running", 90))).toBeUndefined();
    expect(note(run().tells("nightly", "NotResponding", 60).ends(90))).toBeUndefined();
  });

  it("is silent of the same word in another system", () => {
    expect(note(run("prefect").tells("nightly", "Paused", 60))).toBeUndefined();
  });
});
