/** Spark, dbt, Flink and Hive, as their integrations send: none of them beats by the clock. */
import { message, type Output, uuid } from "../message.ts";
import type { Json, Received } from "../scenario.ts";

const integration = (name: string) =>
  `https://github.com/OpenLineage/OpenLineage/tree/1.52.0/integration/${name}`;

export interface Say {
  readonly inputs?: readonly (string | Output)[];
  readonly outputs?: readonly (string | Output)[];
  readonly error?: string;
  readonly lag?: number;
  readonly time?: string;
  readonly facets?: Json;
}

function engine(of: {
  engine: string;
  namespace: string;
  rootName: string;
  run: string;
  kinds: { root: Json; child: Json };
  facets?: Json;
}) {
  const { namespace, rootName, kinds } = of;
  const own = { run: uuid(`${namespace} ${rootName} ${of.run}`), namespace, name: rootName };
  const rest = (say: Say) => ({
    ...(say.lag !== undefined && { lag: say.lag }),
    ...(say.time !== undefined && { time: say.time }),
    ...(say.inputs && { inputs: say.inputs }),
    ...(say.outputs && { outputs: say.outputs }),
    facets: {
      ...of.facets,
      ...(say.error !== undefined && { errorMessage: { message: say.error, programmingLanguage: "JAVA" } }),
      ...say.facets,
    },
    producer: integration(of.engine),
  });
  const idOf = (job: string) => uuid(`${namespace} ${rootName} ${of.run} ${job}`);
  return {
    run: own.run,
    above: own,
    id: idOf,
    root: (type: string, at: number, say: Say = {}): Received =>
      message({ at, type, run: own.run, job: own, jobFacets: { jobType: kinds.root }, ...rest(say) }),
    child: (job: string, type: string, at: number, say: Say = {}): Received =>
      message({
        at,
        type,
        run: idOf(job),
        job: { namespace, name: job },
        parent: own,
        jobFacets: { jobType: kinds.child },
        ...rest(say),
      }),
  };
}

/** A Spark application and its actions, named `app.action`. */
export function spark(app: string, run = "1") {
  const kind = (jobType: string) => ({ processingType: "BATCH", integration: "SPARK", jobType });
  return engine({
    engine: "spark",
    namespace: "spark-prod",
    rootName: app,
    run,
    kinds: { root: kind("APPLICATION"), child: kind("SQL_JOB") },
    facets: { spark_applicationDetails: { applicationId: "application_1772412000000_0042", master: "yarn" } },
  });
}

/** A dbt command and its nodes. */
export function dbt(command: string, run = "1") {
  const kind = (jobType: string) => ({ processingType: "BATCH", integration: "DBT", jobType });
  return engine({
    engine: "dbt",
    namespace: "dbt-prod",
    rootName: command,
    run,
    kinds: { root: kind("JOB"), child: kind("MODEL") },
    facets: { dbt_run: { invocation_id: uuid(command), project_name: "shop" } },
  });
}

/** A Flink job: streaming; RUNNING comes only where the count of checkpoints changed. */
export function flink(job: string, emissionPattern?: Json) {
  const kind = {
    processingType: "STREAMING",
    integration: "FLINK",
    jobType: "JOB",
    ...(emissionPattern && { emissionPattern }),
  };
  return engine({
    engine: "flink",
    namespace: "flink-prod",
    rootName: job,
    run: "1",
    kinds: { root: kind, child: kind },
    facets: { flink_job: { jobId: "b0c5d4f2-0000-4000-8000-000000000001" } },
  });
}

/** Hive sends one COMPLETE for each query, and nothing else. */
export function hiveQuery(job: string, at: number, outputs: readonly string[]): Received {
  return message({
    at,
    type: "COMPLETE",
    run: uuid(`hive ${job}`),
    job: { namespace: "hive-prod", name: job },
    outputs,
    producer: integration("hive"),
    facets: { hive_query: { queryId: "hive_20260302_1", operationName: "CREATETABLE_AS_SELECT" } },
    jobFacets: { jobType: { processingType: "BATCH", integration: "HIVE", jobType: "QUERY" } },
  });
}
