import * as z from "zod/mini";
import { wireInstant } from "./instant.ts";

/** When messages of a run were received, ascending: at these instants what is known of it changed. */
export const runReceipts = z.object({
  /** Where there are many, neighbours are taken together, and stand at the last of them. */
  receipts: z.array(z.object({ at: wireInstant, messages: z.number() })),
  at: wireInstant,
});
export type RunReceipts = z.infer<typeof runReceipts>;
