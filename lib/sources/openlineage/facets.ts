import type { z } from "zod";
import * as core from "./core-facets.ts";
import * as engine from "./engine-facets.ts";
import { type Problem, readLeniently } from "./lenient.ts";
import * as ours from "./unstuck-facets.ts";
import type { DatasetPart, Facets, RunMessage } from "./wire.ts";

/** How many parts that could not be read are told of one message: the first ones show what is wrong with it. */
const MOST_NOTES = 50;

/** Reads facets and keeps account of what could not be read. */
export class FacetReader {
  private readonly kept: Problem[] = [];
  private more = 0;

  constructor(notes: readonly Problem[]) {
    for (const { path, reason } of notes) this.note(path, reason);
  }

  note(path: string, reason: string): void {
    if (this.kept.length < MOST_NOTES) this.kept.push({ path, reason });
    else this.more += 1;
  }

  /** What was noted so far. */
  notes(): readonly Problem[] {
    if (this.more === 0) return this.kept;
    return [...this.kept, { path: "(more)", reason: `${this.more} more parts could not be read` }];
  }

  /** Reads the facet `key`; undefined where there is none, where it was deleted and where it cannot be read. */
  read<S extends z.ZodType>(facets: Facets, key: string, schema: S, at: string): z.output<S> | undefined {
    const given = Object.hasOwn(facets, key) ? facets[key] : undefined;
    if (given === undefined || given === null || isDeleted(given)) return undefined;
    const { value, problems } = readLeniently(schema, given, `${at}.${key}`);
    for (const { path, reason } of problems) this.note(path, reason);
    return value;
  }

  /** Reads a facet of a dataset from either place: producers put the same one now here, now there. */
  readDataset<S extends z.ZodType>(
    dataset: DatasetPart,
    own: "inputFacets" | "outputFacets",
    key: string,
    schema: S,
  ): z.output<S> | undefined {
    return (
      this.read(dataset.ownFacets, key, schema, `${dataset.path}.${own}`) ??
      this.read(dataset.facets, key, schema, `${dataset.path}.facets`)
    );
  }
}

function isDeleted(facet: unknown): boolean {
  return typeof facet === "object" && facet !== null && "_deleted" in facet && facet._deleted === true;
}

export type FacetsOfRun = ReturnType<typeof readFacets>;

/** Reads all facets of a message's run and job that say something to us, each once. Others are left as they are. */
export function readFacets({ run, job }: RunMessage, reader: FacetReader) {
  const ofRun = <S extends z.ZodType>(key: string, schema: S) =>
    reader.read(run.facets, key, schema, "run.facets");
  const ofJob = <S extends z.ZodType>(key: string, schema: S) =>
    reader.read(job.facets, key, schema, "job.facets");
  ofJob("ownership", core.ownershipFacet);
  return {
    parent: ofRun("parent", core.parentFacet) ?? ofRun("parentRun", core.parentFacet),
    jobDependencies: ofRun("jobDependencies", core.jobDependenciesFacet),
    errorMessage: ofRun("errorMessage", core.errorMessageFacet),
    nominalTime: ofRun("nominalTime", core.nominalTimeFacet),
    test: ofRun("test", core.testFacet),
    jobType: ofJob("jobType", core.jobTypeFacet),
    sourceCodeLocation: ofJob("sourceCodeLocation", core.sourceCodeLocationFacet),
    executionParameters: ofRun("executionParameters", core.executionParametersFacet),
    processingEngine: ofRun("processing_engine", core.processingEngineFacet),
    airflow: ofRun("airflow", engine.airflowFacet),
    airflowPlan: ofJob("airflow", engine.airflowPlanFacet),
    airflowDagRun: ofRun("airflowDagRun", engine.airflowDagRunFacet),
    airflowState: ofRun("airflowState", engine.airflowStateFacet),
    spark: ofRun("spark_applicationDetails", engine.sparkApplicationFacet),
    dbtRun: ofRun("dbt_run", engine.dbtRunFacet),
    dbtNode: ofJob("dbt_node", engine.dbtNodeFacet),
    bigQuery: ofRun("bigQueryJob", engine.bigQueryJobFacet) ?? ofRun("bigQuery_job", engine.bigQueryJobFacet),
    heartbeat: ofRun("unstuck_heartbeat", ours.heartbeatFacet),
    attempt: ofRun("unstuck_attempt", ours.attemptFacet),
    plan: ofJob("unstuck_plan", ours.planFacet) ?? ofRun("unstuck_plan", ours.planFacet),
    cache: ofRun("unstuck_cache", ours.cacheFacet),
    wait: ofRun("unstuck_wait", ours.waitFacet),
    compute: ofRun("unstuck_compute", ours.computeFacet),
    process: ofRun("unstuck_process", ours.processFacet),
  };
}
