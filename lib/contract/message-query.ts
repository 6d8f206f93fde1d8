import * as z from "zod/mini";
import { storableText } from "../base/storable-text.ts";

/** The types of message that a run has. */
export const MESSAGE_TYPES = ["START", "RUNNING", "COMPLETE", "FAIL", "ABORT", "OTHER"] as const;

/** Said where a page is asked for behind something that no page ended with. */
export const NO_CURSOR = "expected the nextCursor of the page before";

/** Where a page of a list ended that is in the order in which things were stored. */
const positionCursor = z.string().check(z.regex(/^\d{1,18}$/, NO_CURSOR));

/** A node's key, to be compared with stored ones: what Postgres could not hold, none of them has. */
const nodeKey = z.pipe(
  z.string(),
  z.transform((text) => storableText(text)),
);

/** Which of a run's messages are asked for. */
export const messageQuery = z.object({
  node: z.optional(nodeKey),
  type: z.optional(z.array(z.enum(MESSAGE_TYPES))),
  cursor: z.optional(positionCursor),
});

/** Which of a run's verdicts are asked for. */
export const verdictQuery = z.object({ node: z.optional(nodeKey) });

/** Which page of a list is asked for. */
export const pageQuery = z.object({ cursor: z.optional(positionCursor) });
