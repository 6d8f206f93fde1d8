/** Standard OpenLineage facets: only the fields that tell why a run has not finished. */
import { z } from "zod";
import { count, instantText, jobPart, label, runIdText, scalar, text } from "./facet-types.ts";
import { triggerRuleText } from "./trigger-rules.ts";

const runRef = z.object({ run: z.object({ runId: runIdText }), job: jobPart.nullish() });

/** `parent`, and `parentRun` of older producers. */
export const parentFacet = runRef.extend({ root: runRef.nullish() });

const dependency = z.object({ job: jobPart, run: z.object({ runId: runIdText }).nullish() });
export const jobDependenciesFacet = z.object({
  upstream: z.array(dependency).nullish(),
  downstream: z.array(dependency).nullish(),
  trigger_rule: triggerRuleText.nullish(),
});

export const errorMessageFacet = z.object({ message: text });

export const nominalTimeFacet = z.object({
  nominalStartTime: instantText.nullish(),
  nominalEndTime: instantText.nullish(),
});

const upper = z.string().transform((given) => given.trim().toUpperCase());
export const jobTypeFacet = z.object({
  processingType: upper.pipe(z.enum(["BATCH", "STREAMING", "SERVICE"])).nullish(),
  integration: text.nullish(),
  jobType: text.nullish(),
  emissionPattern: z
    .object({ eventTrigger: upper.nullish(), windowDuration: z.number().positive().nullish() })
    .nullish(),
});

/** Where the code of a job lies. The address usually holds the version, too. */
export const sourceCodeLocationFacet = z.object({
  url: text.nullish(),
  version: text.nullish(),
  tag: text.nullish(),
});
export const executionParametersFacet = z.object({
  parameters: z.array(z.object({ key: label, value: scalar.nullish() })).nullish(),
});
export const processingEngineFacet = z.object({ version: scalar, name: text.nullish() });

/** Not used, but checked, since a producer that gets it wrong wants to know. */
export const ownershipFacet = z.object({ owners: z.array(z.object({ name: label })) });
/** Not used yet; its `columnMetrics` is what the standard demands. */
export const dataQualityMetricsFacet = z.object({ columnMetrics: z.record(z.string(), z.unknown()) });

export const outputStatisticsFacet = z.object({
  rowCount: count.nullish(),
  size: count.nullish(),
  fileCount: count.nullish(),
});
export const versionFacet = z.object({ datasetVersion: scalar });
export const lifecycleFacet = z.object({ lifecycleStateChange: upper });
/** From OpenLineage's registry. A snapshot id has 64 bits: where it is a number, JSON readers round its last digits. */
export const icebergCommitFacet = z.object({ snapshotId: scalar });

/** Nested fields are part of their column's type, and not read apart. */
export const schemaFacet = z.object({
  fields: z.array(z.object({ name: text, type: text.nullish() })).nullish(),
});

export const assertionsFacet = z.object({
  assertions: z.array(
    z.object({
      assertion: label,
      success: z.boolean(),
      column: text.nullish(),
      severity: text.nullish(),
      name: text.nullish(),
      expected: scalar.nullish(),
      actual: scalar.nullish(),
    }),
  ),
});

/** Run facet `test`: what was checked of no dataset in particular. */
export const testFacet = z.object({
  tests: z.array(
    z.object({
      name: label,
      status: text,
      severity: text.nullish(),
      expected: scalar.nullish(),
      actual: scalar.nullish(),
    }),
  ),
});
