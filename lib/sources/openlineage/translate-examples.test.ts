import { describe, expect, it } from "vitest";
import { parseInstant } from "../../base/instant.ts";
import { all, type Json, lineageExample, lineageMessage, only, tell } from "../../testing/lineage.ts";

const at = (text: string) => parseInstant(text);

describe("real shapes", () => {
  it("Airflow's DAG start declares the whole plan, and which steps never speak", () => {
    const told = tell(lineageExample("airflow-dag-start"));
    const { nodes, edges } = only(told, "plan.declared");
    expect(nodes.map(({ key, expectsEvents, group }) => [key, expectsEvents, group])).toEqual([
      ["begin", false, undefined],
      ["extract", true, undefined],
      ["load.orders", true, "load"],
      ["load.customers", true, "load"],
      ["report", true, undefined],
    ]);
    expect(edges).toHaveLength(5);
    expect(edges).toContainEqual({ from: "load.orders", to: "report" });
    expect(only(told, "attempt.observed")).toMatchObject({
      integration: "airflow",
      jobKind: "DAG",
      nominalStart: at("2026-03-01T00:00:00Z"),
      nominalEnd: at("2026-03-02T00:00:00Z"),
      handle: { dag_id: "shop_daily", run_id: "scheduled__2026-03-01T00:00:00+00:00" },
    });
  });

  it("Airflow's task start tells its try, its deadline, its place in the queue and its neighbours", () => {
    const told = tell(lineageExample("airflow-task-start"));
    const observed = only(told, "attempt.observed");
    expect(observed).toMatchObject({
      nodeKey: "load.orders",
      number: 2,
      maxAttempts: 3,
      timeoutMs: 456_000,
      operator: "BashOperator",
      trigger: "all-success",
      queuedAt: at("2026-03-02T00:01:10Z"),
      logUrl: expect.stringContaining("try_number=2"),
      handle: {
        dag_id: "shop_daily",
        run_id: "scheduled__2026-03-01T00:00:00+00:00",
        task_id: "load.orders",
      },
    });
    expect(observed.url).toBe(observed.logUrl);
    expect(observed.mapIndex).toBeUndefined();
    expect(only(told, "dependency.declared")).toMatchObject({
      origin: "task-upstream",
      upstream: [{ nodeKey: "extract" }],
      downstream: [{ nodeKey: "report" }],
      trigger: "all-success",
    });
    expect(only(told, "output.declared").dataset.name).toBe("shop.public.orders");
  });

  it("Airflow's task end has read its inputs at their version and written its outputs", () => {
    const told = tell(lineageExample("airflow-task-complete"));
    expect(only(told, "input.read")).toMatchObject({ version: "v7" });
    expect(only(told, "output.written").shownBy).toBe("end");
  });

  it("Airflow's mapped task has an index, and its neighbours may have any name", () => {
    const told = tell(lineageExample("airflow-mapped-task-fail"));
    expect(told[0]?.attemptId).toBe("0198a5a0-3000-7000-8000-000000000003");
    expect(only(told, "attempt.observed")).toMatchObject({ nodeKey: "score", mapIndex: 3, maxAttempts: 1 });
    expect(only(told, "attempt.ended")).toMatchObject({ outcome: "failed", error: "KeyError: 'price'" });
    expect(only(told, "dependency.declared")).toMatchObject({
      downstream: [{ nodeKey: "it's done" }],
      trigger: "none-failed",
    });
  });

  it("Airflow's DAG end tells how each step ended, those that never spoke included", () => {
    const { states } = only(tell(lineageExample("airflow-dag-complete")), "steps.settled");
    expect(states).toMatchObject({ begin: "success", "load.customers": "skipped", report: null });
  });

  it("Spark shows its output written by statistics before the end, and where to look", () => {
    const told = tell(lineageExample("spark-sql-running"));
    expect(only(told, "output.written")).toMatchObject({
      shownBy: "statistics",
      rows: 18_250,
      sizeBytes: 734_003,
      files: 4,
    });
    expect(only(told, "attempt.observed")).toMatchObject({
      integration: "spark",
      url: "http://node7.shop.test:4040",
      handle: { application_id: "application_1772412000000_0042" },
      root: { attemptId: "0198a5a0-1000-7000-8000-00000000da60" },
    });
  });

  it("dbt lists outputs with a version on START, which proves nothing", () => {
    const told = tell(lineageExample("dbt-model-start"));
    expect(all(told, "output.written")).toEqual([]);
    expect(only(told, "attempt.observed").handle).toMatchObject({ unique_id: "model.shop.orders_daily" });
  });

  it("an older producer's parent, time without zone and id that is no UUID are understood", () => {
    const [observed] = tell(lineageExample("prefect-legacy-parent"));
    expect(observed).toMatchObject({
      attemptId: "flow-run-17/task 3",
      occurredAt: at("2026-03-02T03:00:00Z"),
      parent: { attemptId: "FLOW-run-17" },
    });
  });

  it("Flink promises a beat and owes no end", () => {
    const told = tell(lineageExample("flink-periodic"));
    expect(only(told, "beat.promised").intervalMs).toBe(60_000);
    expect(only(told, "attempt.observed")).toMatchObject({ integration: "flink", processing: "streaming" });
  });
});

describe("dependencies", () => {
  it("on other jobs name them, their run where it is known, and the rule", () => {
    const jobDependencies = {
      upstream: [{ job: { namespace: "other", name: "feed" }, run: { runId: "feed-1" }, type: "IMPLICIT" }],
      downstream: [{ job: { namespace: "shop", name: "mail" } }],
      trigger_rule: "ONE_SUCCESS",
    };
    expect(only(tell(lineageMessage({ run: { jobDependencies } })), "dependency.declared")).toMatchObject({
      origin: "job-dependency",
      upstream: [{ job: { namespace: "other", name: "feed" }, attemptId: "feed-1" }],
      downstream: [{ job: { namespace: "shop", name: "mail" } }],
      trigger: "one-success",
    });
  });

  it("know a teardown by the plan, and of other tasks no rule", () => {
    const task = { operator: "PythonOperator", downstream_task_ids: [] };
    const airflow = { tasks: { work: task, destroy: { ...task, is_teardown: true } } };
    const { nodes } = only(tell(lineageMessage({ job: { airflow } })), "plan.declared");
    expect(nodes.map(({ key, trigger }) => [key, trigger])).toEqual([
      ["work", undefined],
      ["destroy", "all-done"],
    ]);
  });

  it("read a rule that we have no word for as all-done, so that a failed upstream is not blamed", () => {
    const airflow = { task: { task_id: "alert", upstream_task_ids: ["load"], trigger_rule: "one_failed" } };
    expect(only(tell(lineageMessage({ run: { airflow } })), "dependency.declared").trigger).toBe("all-done");
  });
});

describe("caches that are not ours", () => {
  it("BigQuery's answer from its cache is a hit, under either key; a miss tells nothing", () => {
    const decided = (run: Json) =>
      all(tell(lineageMessage({ run })), "cache.decided").map(({ status }) => status);
    expect(decided({ bigQueryJob: { cached: true } })).toEqual(["HIT"]);
    expect(decided({ bigQuery_job: { cached: true } })).toEqual(["HIT"]);
    expect(decided({ bigQueryJob: { cached: false } })).toEqual([]);
  });
});

describe("the integration", () => {
  const integration = (json: unknown) => only(tell(json), "attempt.observed").integration;

  it("is what the job says, in lower case", () => {
    const run = { spark_properties: {} };
    expect(integration(lineageMessage({ run, job: { jobType: { integration: "DBT" } } }))).toBe("dbt");
  });

  it.each([
    ["airflowState", "airflow"],
    ["spark.logicalPlan", "spark"],
    ["dbt_version", "dbt"],
    ["flink_job", "flink"],
    ["hive_query", "hive"],
  ])("shows in the facet %s", (key, name) => {
    expect(integration(lineageMessage({ run: { [key]: {} } }))).toBe(name);
    expect(
      integration(lineageMessage({ run: { [key]: {} }, job: { jobType: { integration: "UNKNOWN" } } })),
    ).toBe(name);
  });

  it.each([
    ["https://github.com/OpenLineage/OpenLineage/tree/1.52.0/integration/spark", "spark"],
    ["https://github.com/apache/airflow/tree/providers-openlineage/2.7.0", "airflow"],
    ["https://example.test/sparkling-water", undefined],
  ])("shows in the producer %s", (producer, name) => {
    expect(integration({ ...lineageMessage(), producer })).toBe(name);
  });
});
