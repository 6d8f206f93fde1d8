import { describe, expect, it } from "vitest";
import { aRun } from "../testing/a-run.ts";
import { verdictOf } from "../testing/verdict-on.ts";
import { shellQuote } from "./unblock.ts";

/** The commands that a lost completion of a task offers. */
function commands(integration: string, handle: Record<string, string>, nominalStart?: number) {
  const log = aRun("my_dag", { integration })
    .starts(0, { handle, ...(nominalStart !== undefined && { nominalStart }) })
    .taskStarts("train[2]", 1, { outputs: ["m"], handle })
    .writes("train[2]", "m", 2);
  return verdictOf(log, 300, "train[2]", "lost-completion")?.unblock.map((u) => u.command);
}

describe("what would unblock it", () => {
  it("quotes for a shell whatever a source named", () => {
    expect(shellQuote("plain-name_1.2")).toBe("plain-name_1.2");
    expect(shellQuote("it's; rm -rf /")).toBe("'it'\\''s; rm -rf /'");
    expect(shellQuote("")).toBe("''");
    expect(shellQuote("$(whoami)")).toBe("'$(whoami)'");
  });

  it("ends with the message that never came, whatever the source", () => {
    const last = commands("azureml", {})?.at(-1) ?? "";
    expect(last).toMatch(/^curl .*"eventType":"COMPLETE".*"runId":"my_dag\.train\[2\]#1"/);
  });

  it("clears an Airflow task of the one run that is stuck, and only asks", () => {
    expect(commands("airflow", { dag_id: "my_dag" }, 0)?.[1]).toBe(
      "airflow tasks clear -r -t '^train$' -s 2026-11-23T02:00:00.000Z -e 2026-11-23T02:00:00.000Z my_dag",
    );
    expect(commands("airflow", { dag_id: "my_dag" })?.[1]).toBe("airflow tasks clear -r -t '^train$' my_dag");
  });

  it("builds a dbt model again, and ends a Spark application on YARN only", () => {
    expect(commands("dbt", { unique_id: "model.shop.orders" })?.slice(0, 2)).toEqual([
      "dbt retry",
      "dbt build --select orders+",
    ]);
    expect(commands("spark", { application_id: "application_17_1" })?.[0]).toBe(
      "yarn application -kill application_17_1",
    );
    expect(commands("spark", { application_id: "local-17" })).toHaveLength(1);
  });
});
