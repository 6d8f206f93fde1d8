/** Facets that Airflow, Spark, dbt and BigQuery add of their own. */
import { z } from "zod";
import { durationMs, idList, instantText, label, text, webUrl, whole } from "./facet-types.ts";
import { triggerRuleText } from "./trigger-rules.ts";

/** Run facet `airflow` of a task's events. */
export const airflowFacet = z.object({
  dag: z.object({ dag_id: label.nullish() }).nullish(),
  dagRun: z.object({ run_id: label.nullish() }).nullish(),
  task: z
    .object({
      task_id: label.nullish(),
      operator: text.nullish(),
      operator_class: text.nullish(),
      _operator_class: text.nullish(),
      /** A list in the text that Python makes of it. */
      upstream_task_ids: idList.nullish(),
      downstream_task_ids: idList.nullish(),
      trigger_rule: triggerRuleText.nullish(),
      retries: whole.nonnegative().nullish(),
      execution_timeout: durationMs.nullish(),
    })
    .nullish(),
  taskInstance: z
    .object({
      try_number: whole.nullish(),
      /** -1 or null where the task is not mapped. */
      map_index: whole.nullish(),
      queued_dttm: instantText.nullish(),
      log_url: text.nullish(),
    })
    .nullish(),
});

/** Job facet `airflow` of a DAG's START: all that will run. */
export const airflowPlanFacet = z.object({
  tasks: z
    .record(
      z.string(),
      z.object({
        operator: text.nullish(),
        task_group: text.nullish(),
        emits_ol_events: z.boolean().nullish(),
        downstream_task_ids: idList.nullish(),
        trigger_rule: triggerRuleText.nullish(),
        is_teardown: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

/** Run facet `airflowDagRun` of a DAG's events. */
export const airflowDagRunFacet = z.object({
  dag: z.object({ dag_id: label.nullish() }).nullish(),
  dagRun: z
    .object({
      run_id: label.nullish(),
      data_interval_start: instantText.nullish(),
      data_interval_end: instantText.nullish(),
    })
    .nullish(),
});

/** Run facet `airflowState` of a DAG's end: how each task ended, those without events of their own included. */
export const airflowStateFacet = z.object({ tasksState: z.record(z.string(), z.string().nullable()) });

export const sparkApplicationFacet = z.object({
  applicationId: label.nullish(),
  uiWebUrl: webUrl.nullish(),
  historyUrl: webUrl.nullish(),
});

export const dbtRunFacet = z.object({ invocation_id: label.nullish() });
/** Job facet `dbt_node`: the name that `dbt build --select` wants. */
export const dbtNodeFacet = z.object({ unique_id: label.nullish() });

/** Run facet `bigQueryJob`: the only sign of a cache in the whole ecosystem. */
export const bigQueryJobFacet = z.object({ cached: z.boolean().nullish() });
