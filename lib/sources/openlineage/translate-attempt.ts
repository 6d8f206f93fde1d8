import { compact } from "../../base/compact.ts";
import { storableText } from "../../base/storable-text.ts";
import type { Told } from "../../events/event.ts";
import type { Envelope } from "./envelope.ts";
import type { FacetReader, FacetsOfRun } from "./facets.ts";
import type { RunMessage } from "./wire.ts";

type Observed = Extract<Told, { type: "attempt.observed" }>;
type Parent = NonNullable<FacetsOfRun["parent"]>;

/** What the message says this attempt is. One for each message, whatever else it tells. */
export function observed(
  message: RunMessage,
  facets: FacetsOfRun,
  reader: FacetReader,
  envelope: Envelope,
): Observed {
  const { airflow, airflowDagRun, attempt, jobType, nominalTime, spark } = facets;
  const { task, taskInstance } = airflow ?? {};
  const interval = airflowDagRun?.dagRun;
  return {
    ...envelope,
    type: "attempt.observed",
    job: { namespace: message.job.namespace, name: message.job.name },
    ...compact({
      ...family(facets.parent, message.run.runId, reader),
      producer: message.producer,
      integration: integrationOf(message, jobType?.integration),
      jobKind: jobType?.jobType,
      processing: jobType?.processingType && PROCESSING[jobType.processingType],
      nodeKey: attempt?.nodeKey ?? task?.task_id,
      number: attempt?.number ?? taskInstance?.try_number,
      mapIndex: mapIndex(attempt?.mapIndex ?? taskInstance?.map_index),
      loopKey: attempt?.key,
      maxAttempts: attempt?.maxAttempts ?? (typeof task?.retries === "number" ? task.retries + 1 : undefined),
      nominalStart: nominalTime?.nominalStartTime ?? interval?.data_interval_start,
      nominalEnd: nominalTime?.nominalEndTime ?? interval?.data_interval_end,
      queuedAt: taskInstance?.queued_dttm,
      logUrl: taskInstance?.log_url ?? facets.process?.logUrl,
      operator: task?.operator_class ?? task?.operator ?? task?._operator_class,
      trigger: task?.trigger_rule,
      timeoutMs: task?.execution_timeout,
      ...madeOf(facets),
      url: spark?.uiWebUrl ?? spark?.historyUrl ?? web(taskInstance?.log_url),
      handle: handleOf(facets),
    }),
  };
}

/** What two attempts at the same step are compared by: code, parameters and what ran it. */
function madeOf(facets: FacetsOfRun) {
  const { sourceCodeLocation, processingEngine } = facets;
  const { version, tag, url } = sourceCodeLocation ?? {};
  const { name, version: engineVersion } = processingEngine ?? {};
  return {
    codeVersion: version || tag || url || undefined,
    parameters: parametersOf(facets),
    engine: engineVersion === undefined ? undefined : [name, engineVersion].filter(Boolean).join(" "),
  };
}

const PROCESSING = { BATCH: "batch", STREAMING: "streaming", SERVICE: "service" } as const;

/** A parent and root other than the attempt itself, which some producers name where there is none. */
function family(
  facet: Parent | undefined,
  runId: string,
  reader: FacetReader,
): { parent?: Observed["parent"]; root?: Observed["root"] } {
  if (!facet) return {};
  const { root } = facet;
  const ownParent = facet.run.runId === runId;
  if (ownParent) reader.note("run.facets.parent.run.runId", "ignored: an attempt is not its own parent");
  const ownRoot = root?.run.runId === runId;
  if (ownRoot && !ownParent) {
    reader.note(
      "run.facets.parent.root.run.runId",
      "ignored: an attempt that has a parent is not its own root",
    );
  }
  return { ...(!ownParent && { parent: refOf(facet) }), ...(root && !ownRoot && { root: refOf(root) }) };
}

function refOf({ run, job }: Pick<Parent, "run" | "job">) {
  return { attemptId: run.runId, ...compact({ job }) };
}

/** Airflow writes -1 for what is not mapped. More than a column of Postgres holds is no index. */
function mapIndex(given: number | null | undefined): number | undefined {
  return typeof given === "number" && given >= 0 && given < 2 ** 31 ? given : undefined;
}

function web(address: string | null | undefined): string | undefined {
  return address && /^https?:\/\//i.test(address) ? address : undefined;
}

/** Facet keys that only one integration writes. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^airflow/, "airflow"],
  [/^spark[._]/, "spark"],
  [/^dbt_/, "dbt"],
  [/^flink_/, "flink"],
  [/^hive_/, "hive"],
];
const IN_PRODUCER = /integration\/(?:[^/]+\/)*(airflow|spark|dbt|flink|hive)\b|apache\/(airflow)\b/i;

/** As the job says, else as its facets show, else as the producer's address shows. */
function integrationOf(
  { run, job, producer }: RunMessage,
  said: string | null | undefined,
): string | undefined {
  const own = said?.trim().toLowerCase();
  if (own && own !== "unknown") return own;
  const keys = [...Object.keys(run.facets), ...Object.keys(job.facets)];
  const mark = MARKS.find(([pattern]) => keys.some((key) => pattern.test(key)));
  if (mark) return mark[1];
  const named = producer === undefined ? null : IN_PRODUCER.exec(producer.slice(0, 1_000));
  return (named?.[1] ?? named?.[2])?.toLowerCase() ?? own;
}

/** What the source's own command line calls this. */
function handleOf({
  airflow,
  airflowDagRun,
  spark,
  dbtRun,
  dbtNode,
}: FacetsOfRun): Record<string, string> | undefined {
  const handle = compact({
    dag_id: airflow?.dag?.dag_id ?? airflowDagRun?.dag?.dag_id,
    run_id: airflow?.dagRun?.run_id ?? airflowDagRun?.dagRun?.run_id,
    task_id: airflow?.task?.task_id,
    application_id: spark?.applicationId,
    invocation_id: dbtRun?.invocation_id,
    unique_id: dbtNode?.unique_id,
  });
  return Object.keys(handle).length > 0 ? (handle as Record<string, string>) : undefined;
}

/** How many parameters are kept, and how much of each: they are compared, not run again. */
const MOST_PARAMETERS = 100;
const LONGEST_PARAMETER = 500;

function parametersOf({ executionParameters }: FacetsOfRun): Record<string, string> | undefined {
  const given = executionParameters?.parameters ?? [];
  if (given.length === 0) return undefined;
  const pairs = given
    .slice(0, MOST_PARAMETERS)
    .map(({ key, value }) => [
      storableText(key, LONGEST_PARAMETER),
      storableText(value ?? "", LONGEST_PARAMETER),
    ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}
