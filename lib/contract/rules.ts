import * as z from "zod/mini";

/** One rule of the catalogue. */
export const ruleResource = z.object({
  id: z.string(),
  title: z.string(),
  ruleClass: z.enum(["stuck", "waiting", "alive", "note", "unknown"]),
  family: z.string(),
  summary: z.string(),
});
export type RuleResource = z.infer<typeof ruleResource>;
/** What a verdict's certainty means, by the evidence that it rests on. */
const certaintyResource = z.object({
  certainty: z.enum(["proven", "likely", "possible"]),
  means: z.string(),
});
export type CertaintyResource = z.infer<typeof certaintyResource>;
export const ruleList = z.object({
  rules: z.array(ruleResource),
  certainties: z.array(certaintyResource),
});
export const rulePage = z.extend(ruleResource, { markdown: z.string() });
export type RulePage = z.infer<typeof rulePage>;
