/**
 * Our own facets. Their JSON Schemas are in public/schemas/facets/1-0-0/ and have the same fields (a test compares them);
 * what is read here is a little wider than what is published.
 */
import { z } from "zod";
import { cacheStatus, digestKind } from "../../events/event.ts";
import { stateWord } from "../../events/state-word.ts";
import { count, instantText, label, runIdText, scalar, text, webUrl, whole } from "./facet-types.ts";
import { triggerRuleText } from "./trigger-rules.ts";

/** One of an open list of words; in lower case with hyphens, however it was written. */
const kind = z
  .string()
  .transform((given) => given.trim().toLowerCase().replaceAll("_", "-"))
  .refine((word) => word !== "" && !(word in Object.prototype), "no such kind");

/** A state in the source's own word, kept as it is written. */
const state = label.refine((given) => !(stateWord(given) in Object.prototype), "no such state");

export const heartbeatFacet = z.object({
  interval: z.number().positive().nullish(),
  sequence: z.number().nullish(),
  progress: z.object({ done: count, total: count.nullish(), unit: text.nullish() }).nullish(),
  cpuSeconds: count.nullish(),
  rssBytes: count.nullish(),
  host: text.nullish(),
});

export const attemptFacet = z.object({
  number: whole.nullish(),
  mapIndex: whole.nullish(),
  key: scalar.nullish(),
  nodeKey: label.nullish(),
  maxAttempts: whole.positive().nullish(),
  state: state.nullish(),
});

const plannedJob = z.union([label, z.object({ namespace: label, name: label })]);
export const planFacet = z.object({
  nodes: z.array(
    z.object({
      key: label,
      job: plannedJob.nullish(),
      group: text.nullish(),
      expectsEvents: z.boolean().nullish(),
    }),
  ),
  edges: z.array(z.object({ from: label, to: label, trigger: triggerRuleText.nullish() })).nullish(),
});

/** A kind of component that we do not know is shown as `other`: its digest counts all the same. */
const componentKind = z.string().transform((given) => {
  const word = given.trim().toLowerCase();
  return digestKind.options.find((known) => known === word) ?? "other";
});

export const cacheFacet = z.object({
  status: z
    .string()
    .transform((given) => given.trim().toUpperCase())
    .pipe(cacheStatus),
  key: scalar.nullish(),
  components: z
    .array(z.object({ name: label, kind: componentKind, digest: scalar, value: scalar.nullish() }))
    .nullish(),
  reusedFrom: z.object({ runId: runIdText, nodeKey: label.nullish() }).nullish(),
  reason: text.nullish(),
});

export const waitFacet = z.object({
  kind,
  on: text.nullish(),
  holder: z.object({ runId: runIdText.nullish(), job: text.nullish(), url: webUrl.nullish() }).nullish(),
  since: instantText.nullish(),
  until: instantText.nullish(),
});

export const computeFacet = z.object({
  kind,
  at: instantText.nullish(),
  target: text.nullish(),
  message: text.nullish(),
  count: z.number().nullish(),
});

export const processFacet = z.object({
  host: text.nullish(),
  pid: whole.nullish(),
  containerImage: text.nullish(),
  command: text.nullish(),
  logUrl: text.nullish(),
  lastLogAt: instantText.nullish(),
  logTail: text.nullish(),
  exitCode: whole.nullish(),
});

export const outputFacet = z.object({
  state: z
    .string()
    .transform((given) => given.trim().toLowerCase())
    .pipe(z.enum(["declared", "writing", "written"])),
  uri: text.nullish(),
  size: count.nullish(),
  etag: text.nullish(),
  modifiedAt: instantText.nullish(),
  checksum: text.nullish(),
  writtenBy: z.object({ runId: runIdText }).nullish(),
  seenBy: text.nullish(),
});
