/** A DAG run as Airflow's provider tells it: the DAG, then START and COMPLETE of each task. */

import type { Chance } from "../../lib/testing/chance.ts";
import { columnsOf, type Json, type Named, Voice } from "./parts.ts";

const voice = new Voice("integration/airflow");
const TASKS = 6;
const WAREHOUSE = "postgres://warehouse.shop.test:5432";

export function airflowDagRun(chance: Chance, at: number): Json[] {
  const dag = `shop_${chance.pick(["orders", "prices", "stock", "returns", "customers"])}_${chance.between(0, 39)}`;
  const namespace = "airflow-prod";
  const root: Named = { runId: chance.runId(at), job: { namespace, name: dag } };
  const logicalDate = new Date(Math.floor(at / 3_600_000) * 3_600_000).toISOString();
  const dagRun = {
    conf: {},
    dag_id: dag,
    data_interval_start: logicalDate,
    external_trigger: false,
    logical_date: logicalDate,
    run_id: `scheduled__${logicalDate}__${root.runId}`,
    run_type: "scheduled",
    start_date: new Date(at).toISOString(),
  };
  const dagFacet = {
    dag_id: dag,
    description: `Loads what the shops sent, hour by hour, and derives ${dag} from it`,
    fileloc: `/opt/airflow/dags/${dag}.py`,
    owner: "data-platform",
    schedule_interval: "0 * * * *",
    start_date: "2026-01-01T00:00:00+00:00",
    tags: "['shop', 'hourly']",
    timetable: { delta: 3600 },
  };
  const names = Array.from({ length: TASKS }, (_, i) => `load.step_${i}`);
  const tree = Object.fromEntries(
    names.map((name, i) => [
      name,
      {
        operator: "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",
        task_group: "load",
        emits_ol_events: true,
        ui_color: "#ededed",
        ui_fgcolor: "#000",
        ui_label: `step_${i}`,
        is_setup: false,
        is_teardown: false,
        downstream_task_ids: i + 1 < TASKS ? [names[i + 1]] : [],
      },
    ]),
  );
  const ofDag = (type: string, second: number): Json =>
    voice.event({
      type,
      at: at + second * 1000,
      of: root,
      run: {
        airflowDagRun: voice.facet("airflow/AirflowDagRunFacet", { dag: dagFacet, dagRun }),
        airflow: voice.facet("airflow/AirflowRunFacet", { tasks: tree }),
        nominalTime: voice.facet("1-0-1/NominalTimeRunFacet", { nominalStartTime: logicalDate }),
      },
      jobFacets: { jobType: voice.jobType("AIRFLOW", "DAG") },
    });
  const ofTask = (name: string, i: number): Json[] => {
    const columns = columnsOf(chance, chance.between(8, 40));
    const task: Named = { runId: chance.runId(at + i), job: { namespace, name: `${dag}.${name}` } };
    const inputs = [
      voice.table(WAREHOUSE, `shop.raw.${dag}_${i}`, columns),
      voice.table(WAREHOUSE, `shop.raw.calendar_${i}`, columns.slice(0, 6)),
    ];
    const from = { namespace: WAREHOUSE, name: `shop.raw.${dag}_${i}` };
    const outputs = [
      {
        ...voice.table(WAREHOUSE, `shop.mart.${dag}_${i}`, columns, {
          columnLineage: voice.columnLineage(columns.slice(0, 24), from),
        }),
        outputFacets: voice.statistics(chance),
      },
    ];
    const isFailed = chance.next() < 0.02;
    const event = (type: string, second: number): Json =>
      voice.event({
        type,
        at: at + (10 * i + second) * 1000,
        of: task,
        run: {
          parent: voice.parent(root, root),
          airflow: voice.facet("airflow/AirflowRunFacet", {
            dag: dagFacet,
            dagRun,
            task: {
              task_id: name,
              operator_class: "SQLExecuteQueryOperator",
              operator_class_path: "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",
              upstream_task_ids: i > 0 ? `['${names[i - 1]}']` : "[]",
              downstream_task_ids: i + 1 < TASKS ? `['${names[i + 1]}']` : "[]",
              trigger_rule: "all_success",
              retries: 2,
              queue: "default",
              weight_rule: "<<non-serializable: _DownstreamPriorityWeightStrategy>>",
              mapped: false,
            },
            taskInstance: {
              try_number: 1,
              map_index: -1,
              pool: "default_pool",
              duration: second,
              log_url: `https://airflow.shop.test/dags/${dag}/runs/${dagRun.run_id}/tasks/${name}?try_number=1`,
            },
            taskUuid: task.runId,
          }),
          ...(type === "FAIL" && {
            errorMessage: voice.facet("1-0-1/ErrorMessageRunFacet", {
              message: "psycopg2.errors.LockNotAvailable: canceling statement due to lock timeout",
              programmingLanguage: "python",
            }),
          }),
        },
        jobFacets: {
          jobType: voice.jobType("AIRFLOW", "TASK"),
          sql: voice.sql(
            `INSERT INTO shop.mart.${dag}_${i} SELECT ${columns.map((c) => c.name).join(", ")} FROM shop.raw.${dag}_${i}`,
          ),
        },
        inputs: type === "START" ? inputs.slice(0, 1) : inputs,
        outputs: type === "START" ? [] : outputs,
      });
    return [event("START", 1), event(isFailed ? "FAIL" : "COMPLETE", 8)];
  };
  return [ofDag("START", 0), ...names.flatMap(ofTask), ofDag("COMPLETE", 10 * TASKS)];
}
