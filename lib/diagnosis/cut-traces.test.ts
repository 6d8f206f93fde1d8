import { describe, expect, it } from "vitest";
import { IMPORTED_AT, runOfMessages, type Said } from "../testing/run-of-messages.ts";
import { diagnose } from "./diagnose.ts";

/** What a trace that was imported long after it happened is found to be: the state, and what holds it by which rule. */
function found(root: string, trace: readonly Said[]): string {
  const { state, blockers } = diagnose(
    runOfMessages(root, ...trace),
    { history: new Map(), sources: new Map() },
    IMPORTED_AT,
  );
  const [first] = blockers;
  return first ? `${state}: ${first.nodeKey} ${first.verdict?.rule} ${first.verdict?.certainty}` : state;
}

const task = (downstream: string[], operator = "PythonOperator", emits = true) => ({
  operator,
  emits_ol_events: emits,
  downstream_task_ids: downstream,
});

/** A scheduled DAG with a branch of which one side is skipped, and a joining task that never sends events. */
const airflow: Said[] = [
  {
    id: "dag",
    job: "etl",
    jobFacets: {
      jobType: { processingType: "BATCH", integration: "AIRFLOW", jobType: "DAG" },
      airflow: {
        tasks: {
          extract: task(["choose"]),
          choose: task(["full", "delta"], "BranchPythonOperator"),
          full: task(["join"]),
          delta: task(["join"]),
          join: { ...task(["load"], "EmptyOperator", false), trigger_rule: "none_failed" },
          load: task([]),
        },
      },
    },
  },
  ...["extract", "choose", "full", "load"].flatMap((id): Said[] => {
    const own = {
      id,
      job: `etl.${id}`,
      parent: "dag",
      parentJob: "etl",
      facets: {
        airflow: { taskInstance: { try_number: 1, map_index: -1 }, task: { task_id: id, retries: 0 } },
      },
    };
    return [own, { ...own, type: "COMPLETE" }];
  }),
  {
    id: "dag",
    job: "etl",
    type: "COMPLETE",
    facets: {
      airflowState: {
        dagRunState: "success",
        tasksState: {
          extract: "success",
          choose: "success",
          full: "success",
          delta: "skipped",
          join: "success",
          load: "success",
        },
      },
    },
  },
];

/** An application whose SQL job tells what it wrote before its end, and a command of which only the end is told. */
const action = { id: "sql", job: "app.execute_insert", parent: "app", parentJob: "app" };
const spark: Said[] = [
  {
    id: "app",
    job: "app",
    jobFacets: { jobType: { processingType: "BATCH", integration: "SPARK", jobType: "APPLICATION" } },
  },
  { ...action, outputs: ["out"] },
  { ...action, type: "RUNNING", written: ["out"] },
  { ...action, type: "COMPLETE", written: ["out"] },
  { id: "cmd", job: "app.create_table", parent: "app", parentJob: "app", type: "COMPLETE" },
  { id: "app", job: "app", type: "COMPLETE" },
];

/** A command with three models, each reading the one before; their tables are listed from the start. */
const model = (id: string, inputs: string[], end = "COMPLETE"): Said[] => {
  const own = { id, job: `db.proj.${id}`, parent: "dbt", parentJob: "dbt-run-proj", inputs, outputs: [id] };
  return [own, { ...own, type: end }];
};
const dbtCommand: Said = {
  id: "dbt",
  job: "dbt-run-proj",
  jobFacets: { jobType: { processingType: "BATCH", integration: "DBT", jobType: "JOB" } },
};
const dbt: Said[] = [
  dbtCommand,
  ...model("a", []),
  ...model("b", ["a"]),
  ...model("c", ["b"]),
  { ...dbtCommand, type: "COMPLETE" },
];
const dbtFailed: Said[] = [
  dbtCommand,
  ...model("a", [], "FAIL"),
  ...model("b", ["a"], "ABORT"),
  { ...dbtCommand, type: "FAIL" },
];

describe("a whole trace is not flagged", () => {
  it.each([
    ["Airflow", "dag", airflow],
    ["Spark", "app", spark],
    ["Spark, of which the application was never heard", "app", spark.slice(1, -1)],
    ["dbt", "dbt", dbt],
    ["dbt with a failed and a skipped model", "dbt", dbtFailed],
  ])("%s", (_, root, trace) => {
    expect(found(root, trace)).toBe("finished");
    expect(found(root, trace.toReversed())).toBe("finished");
  });
});

describe("a trace is flagged where its last events are cut off", () => {
  it.each([
    ["Airflow, the DAG's end", "dag", airflow, 1, "stuck: etl unclosed-parent likely"],
    ["Airflow, the last task's end too", "dag", airflow, 2, "suspect: load lost-completion possible"],
    ["Airflow, behind a branch", "dag", airflow, 3, "stuck: etl unclosed-parent likely"],
    ["Airflow, in the middle of a task", "dag", airflow, 4, "suspect: full lost-completion possible"],
    ["Spark, the application's end", "app", spark, 1, "stuck: app unclosed-parent likely"],
    ["Spark, after an output was written", "app", spark, 3, "stuck: execute_insert lost-completion likely"],
    [
      "Spark, after an output was declared",
      "app",
      spark,
      4,
      "suspect: execute_insert lost-completion possible",
    ],
    ["Spark, after the application's start", "app", spark, 5, "suspect: app lost-completion possible"],
    ["dbt, the command's end", "dbt", dbt, 1, "stuck: dbt-run-proj unclosed-parent likely"],
    ["dbt, in the middle of a model", "dbt", dbt, 2, "suspect: db.proj.c lost-completion possible"],
    ["dbt, the end of a failed command", "dbt", dbtFailed, 1, "stuck: dbt-run-proj unclosed-parent likely"],
  ])("%s", (_, root, trace, cut, verdict) => {
    expect(found(root, trace.slice(0, -cut))).toBe(verdict);
  });
});
