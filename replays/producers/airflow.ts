/** Airflow's OpenLineage provider: a plan with the DAG's START, no beat ever, a run for each try of each task. */
import { message, type Output, second, uuid } from "../message.ts";
import type { Json, Received } from "../scenario.ts";

export interface Task {
  readonly down?: readonly string[];
  readonly operator?: string;
  /** False for tasks that never send an event, such as EmptyOperator. */
  readonly emits?: false;
  /** The trigger rule. The DAG's START does not tell it, only the task's own events do. */
  readonly rule?: string;
  readonly group?: string;
  readonly setup?: true;
  readonly teardown?: true;
  readonly retries?: number;
}

export interface Say {
  readonly try?: number;
  readonly map?: number;
  readonly outputs?: readonly (string | Output)[];
  readonly inputs?: readonly (string | Output)[];
  readonly queuedAt?: number;
  readonly error?: string;
  readonly lag?: number;
  readonly facets?: Json;
}

const PRODUCER = "https://github.com/apache/airflow/tree/providers-openlineage/2.7.0";

/** Python's isoformat, with microseconds. */
const python = (at: number) => new Date(second(at)).toISOString().replace(/Z$/, "123+00:00");

/** A DAG run. Ids are made of its parts, as the provider makes them. */
export function airflow(
  dag: string,
  tasks: { readonly [id: string]: Task },
  options: { run?: string; conf?: Json } = {},
) {
  const { run: label = "scheduled__2026-03-01T00:00:00+00:00" } = options;
  const namespace = "airflow-prod";
  const own = { run: uuid(`${namespace}.${dag}.${label}`), namespace, name: dag };
  const idOf = (task: string, attempt = 1, map = -1) =>
    uuid(`${namespace}.${dag}.${task}.${attempt}.${map}.${label}`);
  const dagRun = { dag_id: dag, run_id: label, run_type: "scheduled", clear_number: 0 };
  const upstreamOf = (task: string) => Object.keys(tasks).filter((id) => tasks[id]?.down?.includes(task));
  const list = (ids: readonly string[]) => `[${ids.map((id) => `'${id}'`).join(", ")}]`;

  const ofDag = (type: string, at: number, facets: Json = {}, jobFacets: Json = {}, lag = 0.2): Received =>
    message({
      at,
      lag,
      type,
      time: python(at),
      run: own.run,
      job: own,
      producer: PRODUCER,
      facets: { airflowDagRun: { dag: { dag_id: dag }, dagRun }, ...facets },
      jobFacets: {
        jobType: { processingType: "BATCH", integration: "AIRFLOW", jobType: "DAG" },
        ...jobFacets,
      },
    });

  const says = (task: string, type: string, at: number, say: Say = {}): Received => {
    const {
      operator = "PythonOperator",
      rule = "all_success",
      down = [],
      retries = 0,
      teardown,
    } = tasks[task] ?? {};
    return message({
      at,
      ...(say.lag !== undefined && { lag: say.lag }),
      type,
      time: python(at),
      run: idOf(task, say.try, say.map),
      job: { namespace, name: `${dag}.${task}` },
      parent: own,
      producer: PRODUCER,
      facets: {
        airflow: {
          dag: { dag_id: dag },
          dagRun,
          task: {
            task_id: task,
            operator_class: operator,
            upstream_task_ids: list(upstreamOf(task)),
            downstream_task_ids: list(down),
            trigger_rule: teardown ? "all_done_setup_success" : rule,
            retries,
            mapped: say.map !== undefined,
          },
          taskInstance: {
            try_number: say.try ?? 1,
            map_index: say.map ?? -1,
            pool: "default_pool",
            queued_dttm: python(say.queuedAt ?? at - 2),
          },
        },
        ...(say.error !== undefined && {
          errorMessage: { message: say.error, programmingLanguage: "python" },
        }),
        ...say.facets,
      },
      jobFacets: { jobType: { processingType: "BATCH", integration: "AIRFLOW", jobType: "TASK" } },
      ...(say.inputs && { inputs: say.inputs }),
      ...(say.outputs && { outputs: say.outputs }),
    });
  };

  return {
    run: own.run,
    above: own,
    id: idOf,
    dagStarts: (at: number) =>
      ofDag(
        "START",
        at,
        {},
        {
          airflow: {
            taskTree: {},
            taskGroups: {},
            tasks: Object.fromEntries(
              Object.entries(tasks).map(([id, task]) => [
                id,
                {
                  operator: `airflow.providers.standard.operators.${task.operator ?? "PythonOperator"}`,
                  task_group: task.group ?? null,
                  emits_ol_events: task.emits !== false,
                  downstream_task_ids: task.down ?? [],
                  is_setup: task.setup === true,
                  is_teardown: task.teardown === true,
                  ui_label: id,
                },
              ]),
            ),
          },
        },
      ),
    dagEnds: (at: number, outcome: "success" | "failed" = "success", states: Json = {}, lag?: number) =>
      ofDag(
        outcome === "success" ? "COMPLETE" : "FAIL",
        at,
        {
          airflowState: {
            dagRunState: outcome,
            tasksState: Object.fromEntries(Object.keys(tasks).map((id) => [id, states[id] ?? "success"])),
          },
        },
        {},
        lag,
      ),
    says,
    starts: (task: string, at: number, say?: Say) => says(task, "START", at, say),
    completes: (task: string, at: number, say?: Say) => says(task, "COMPLETE", at, say),
    fails: (task: string, at: number, say?: Say) => says(task, "FAIL", at, say),
    runs: (task: string, from: number, to: number, say: Say = {}): Received[] => {
      const { outputs, ...rest } = say;
      return [
        says(task, "START", from, rest),
        says(task, "COMPLETE", to, { ...rest, ...(outputs && { outputs }) }),
      ];
    },
  };
}
