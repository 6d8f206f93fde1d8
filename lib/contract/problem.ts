import * as z from "zod/mini";

/** What went wrong with a request: the field, and the reason. The shape of every 4xx and 5xx answer. */
export const problem = z.object({
  error: z.string(),
  problems: z._default(z.array(z.object({ path: z.string(), reason: z.string() })), []),
});
export type Problem = z.infer<typeof problem>;
