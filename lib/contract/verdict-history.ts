import * as z from "zod/mini";
import { verdictResource } from "./diagnosis.ts";
import { wireInstant } from "./instant.ts";

/** What background work has recorded of a run's verdicts, oldest first. */
export const verdictHistory = z.object({
  runId: z.string(),
  changes: z.array(
    z.object({
      id: z.string(),
      nodeKey: z.string(),
      rule: z.string(),
      /** Null for a planned step. */
      attemptId: z.nullable(z.string()),
      change: z.enum(["opened", "changed", "closed"]),
      at: wireInstant,
      since: wireInstant,
      ruleClass: verdictResource.shape.ruleClass,
      certainty: verdictResource.shape.certainty,
      /** The claim; of a close, why. */
      words: z.string(),
      /** The newest of the run's messages that came since the diagnosis before. */
      messages: z.array(z.string()),
    }),
  ),
  /** Older ones are left out. */
  cut: z.boolean(),
});
export type VerdictHistory = z.infer<typeof verdictHistory>;
export type VerdictChangeResource = VerdictHistory["changes"][number];
