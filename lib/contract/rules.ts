import { z } from "zod";

/** One rule of the catalogue. */
export const ruleResource = z.object({
  id: z.string(),
  title: z.string(),
  ruleClass: z.enum(["stuck", "waiting", "alive", "note", "unknown"]),
  family: z.string(),
  summary: z.string(),
});
export type RuleResource = z.infer<typeof ruleResource>;
export const ruleList = z.object({ rules: z.array(ruleResource) });
export const rulePage = ruleResource.extend({ markdown: z.string() });
export type RulePage = z.infer<typeof rulePage>;
