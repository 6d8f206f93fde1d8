/** An invocation of dbt: the command, and START and COMPLETE of each model. */

import type { Chance } from "../../lib/testing/chance.ts";
import { columnsOf, type Json, type Named, Voice } from "./parts.ts";

const voice = new Voice("integration/dbt");
const MODELS = 8;
const WAREHOUSE = "snowflake://shop.eu-central-1";

export function dbtInvocation(chance: Chance, at: number): Json[] {
  const project = `shop_${chance.between(0, 29)}`;
  const namespace = "dbt-prod";
  const root: Named = { runId: chance.runId(at), job: { namespace, name: `dbt-run-${project}` } };
  const common = {
    dbt_version: voice.facet("dbt/DbtVersionRunFacet", { version: "1.10.4" }),
    dbt_run: voice.facet("dbt/DbtRunRunFacet", {
      invocation_id: chance.runId(at),
      project_name: project,
      project_version: "1.0.0",
      profile_name: "prod",
      dbt_runtime: "core",
    }),
    processing_engine: voice.facet("1-1-1/ProcessingEngineRunFacet", { version: "1.10.4", name: "dbt" }),
  };
  const source = voice.facet("1-0-1/SourceCodeLocationJobFacet", {
    type: "git",
    url: `https://git.shop.test/data/${project}`,
    version: chance.runId(at).replaceAll("-", ""),
    branch: "main",
  });
  const ofCommand = (type: string, second: number): Json =>
    voice.event({
      type,
      at: at + second * 1000,
      of: root,
      run: common,
      jobFacets: {
        jobType: voice.jobType("DBT", "JOB"),
        sourceCodeLocation: source,
        documentation: voice.facet("1-1-0/DocumentationJobFacet", {
          description: `Builds the marts of ${project}: ${"what each shop sold, by hour, item and region. ".repeat(12)}`,
        }),
      },
    });
  const ofModel = (i: number): Json[] => {
    const columns = columnsOf(chance, chance.between(5, 34));
    const table = `mart.${project}.model_${i}`;
    const model: Named = { runId: chance.runId(at + i), job: { namespace, name: table } };
    const from = {
      namespace: WAREHOUSE,
      name: i === 0 ? `raw.${project}.orders` : `mart.${project}.model_${i - 1}`,
    };
    const output = {
      ...voice.table(WAREHOUSE, table, columns, {
        columnLineage: voice.columnLineage(columns, from),
        version: voice.facet("1-0-1/DatasetVersionDatasetFacet", { datasetVersion: chance.runId(at) }),
      }),
      outputFacets: voice.statistics(chance),
    };
    const event = (type: string, second: number): Json =>
      voice.event({
        type,
        at: at + (5 * i + second) * 1000,
        of: model,
        run: { parent: voice.parent(root, root), ...common },
        jobFacets: {
          jobType: voice.jobType("DBT", "MODEL"),
          dbt_node: voice.facet("dbt/DbtNodeJobFacet", {
            unique_id: `model.${project}.model_${i}`,
            original_file_path: `models/mart/model_${i}.sql`,
          }),
          sql: voice.sql(
            `select ${columns.map((c) => `t.${c.name} as ${c.name}`).join(",\n  ")}\nfrom ${from.name} t`,
          ),
        },
        inputs: [voice.table(WAREHOUSE, from.name, columns.slice(0, 10))],
        outputs: type === "START" ? [{ namespace: WAREHOUSE, name: table }] : [output],
      });
    return [event("START", 1), event("COMPLETE", 4)];
  };
  return [
    ofCommand("START", 0),
    ...Array.from({ length: MODELS }, (_, i) => ofModel(i)).flat(),
    ofCommand("COMPLETE", 5 * MODELS),
  ];
}
