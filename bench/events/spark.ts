/** A Spark application below an Airflow task: the application, and START, RUNNING and COMPLETE of each SQL execution. */

import type { Chance } from "../../lib/testing/chance.ts";
import { type Column, columnsOf, type Json, type Named, Voice } from "./parts.ts";

const voice = new Voice("integration/spark");
const EXECUTIONS = 4;
const LAKE = "s3://shop-lake";

export function sparkApplication(chance: Chance, at: number): Json[] {
  const name = `features_${chance.between(0, 49)}`;
  const namespace = "spark-prod";
  const application: Named = { runId: chance.runId(at), job: { namespace, name } };
  const details = voice.facet("spark/ApplicationDetails", {
    master: "yarn",
    appName: name,
    applicationId: `application_${Math.floor(at)}_${chance.between(1, 9999)}`,
    deployMode: "cluster",
    driverHost: `node${chance.between(1, 99)}.shop.test`,
    userName: "etl",
    uiWebUrl: "http://driver.shop.test:4040",
  });
  const processing = voice.facet("1-1-1/ProcessingEngineRunFacet", {
    version: "3.5.4",
    name: "spark",
    openlineageAdapterVersion: "1.52.0",
  });
  const properties = voice.facet("spark/SparkPropertyFacet", {
    properties: { "spark.master": "yarn", "spark.app.name": name, "spark.executor.memory": "8g" },
  });
  const ofApplication = (type: string, second: number): Json =>
    voice.event({
      type,
      at: at + second * 1000,
      of: application,
      run: { spark_applicationDetails: details, processing_engine: processing, spark_properties: properties },
      jobFacets: { jobType: voice.jobType("SPARK", "APPLICATION"), spark_environment: environment(chance) },
    });
  const ofExecution = (i: number): Json[] => {
    const columns = columnsOf(chance, chance.between(8, 56));
    const execution: Named = {
      runId: chance.runId(at + i),
      job: { namespace, name: `${name}.execute_insert_into_hadoop_fs_relation_command.features_${i}` },
    };
    const input = voice.table(LAKE, `raw/orders_${i}`, columns);
    const output = {
      ...voice.table(LAKE, `features/${name}/${i}`, columns, {
        columnLineage: voice.columnLineage(columns, { namespace: LAKE, name: `raw/orders_${i}` }),
        lifecycleStateChange: voice.facet("1-0-1/LifecycleStateChangeDatasetFacet", {
          lifecycleStateChange: "OVERWRITE",
        }),
      }),
      outputFacets: voice.statistics(chance),
    };
    const plan = logicalPlan(chance, columns.slice(0, 28));
    const event = (type: string, second: number): Json =>
      voice.event({
        type,
        at: at + (30 * i + second) * 1000,
        of: execution,
        run: {
          parent: voice.parent(application, application),
          spark_applicationDetails: details,
          processing_engine: processing,
          "spark.logicalPlan": voice.facet("spark/LogicalPlanFacet", { plan }),
        },
        jobFacets: { jobType: voice.jobType("SPARK", "SQL_JOB") },
        inputs: [input],
        outputs: type === "START" ? [{ namespace: LAKE, name: `features/${name}/${i}` }] : [output],
      });
    return [event("START", 1), event("RUNNING", 12), event("COMPLETE", 25)];
  };
  return [
    ofApplication("START", 0),
    ...Array.from({ length: EXECUTIONS }, (_, i) => ofExecution(i)).flat(),
    ofApplication("COMPLETE", 30 * EXECUTIONS),
  ];
}

/** The plan as the listener serialises it: each expression a small tree of its own. */
function logicalPlan(chance: Chance, columns: readonly Column[]): Json[] {
  const expression = ({ name, type }: Column): Json[] => [
    {
      class: "org.apache.spark.sql.catalyst.expressions.AttributeReference",
      "num-children": 0,
      name,
      dataType: type,
      nullable: true,
      metadata: {},
      exprId: { "product-class": "ExprId", id: chance.between(1, 9999), jvmId: chance.runId(0) },
      qualifier: [],
    },
  ];
  return [
    {
      class: "org.apache.spark.sql.execution.datasources.InsertIntoHadoopFsRelationCommand",
      "num-children": 1,
      outputPath: null,
      partitionColumns: [],
      fileFormat: null,
    },
    {
      class: "org.apache.spark.sql.catalyst.plans.logical.Project",
      "num-children": 1,
      projectList: columns.map(expression),
      child: 0,
    },
  ];
}

/** What an application says of its surroundings, which is long and says little. */
function environment(chance: Chance): Json {
  return voice.facet("spark/EnvironmentFacet", {
    properties: Object.fromEntries(
      columnsOf(chance, 12).map(({ name, description }) => [`spark.hadoop.fs.${name}`, description]),
    ),
  });
}
