import { z } from "zod";

/** What went wrong with a request: the field, and the reason. The shape of every 4xx and 5xx answer. */
export const problem = z.object({
  error: z.string(),
  problems: z.array(z.object({ path: z.string(), reason: z.string() })).default([]),
});
export type Problem = z.infer<typeof problem>;
