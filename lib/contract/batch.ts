import { z } from "zod";

/** The answer to a batch, as the OpenLineage OpenAPI document has it. `index` counts from 0, in the order sent. */
export const batchResult = z.object({
  status: z.enum(["success", "partial_success"]),
  summary: z.object({
    received: z.number(),
    successful: z.number(),
    failed: z.number(),
    retriable: z.number(),
    non_retriable: z.number(),
  }),
  failed_events: z.array(z.object({ index: z.number(), reason: z.string(), retriable: z.boolean() })),
});
export type BatchResult = z.infer<typeof batchResult>;
