import * as z from "zod/mini";
import { wireInstant } from "./instant.ts";

const recordPart = z.object({
  id: z.string(),
  group: z.enum(["job", "run", "inputs", "outputs", "life", "cache", "waits"]),
  title: z.string(),
  /** What tells it: an event's type, or a facet. */
  by: z.string(),
  /** What could not be said without it. */
  lets: z.string(),
  /** What was told, in a few words; null where it is missing. */
  told: z.nullable(z.string()),
});
export type RecordPartResource = z.infer<typeof recordPart>;

const facetResource = z.object({
  name: z.string(),
  on: z.enum(["run", "job", "input", "output"]),
  /** Whether anything reads it here; what nobody reads is kept all the same. */
  read: z.boolean(),
  producer: z.nullable(z.string()),
  /** In how many of the messages that were looked at it stands. */
  messages: z.number(),
  /** The latest of these. */
  eventId: z.string(),
  at: wireInstant,
  /** As it came in that message, where nobody reads it; null where it is too long to be shown here. */
  value: z.unknown(),
});
export type FacetResource = z.infer<typeof facetResource>;

/** What is known of a node's latest attempt, what is missing of it, and what came that nobody reads. */
export const recordResource = z.object({
  runId: z.string(),
  nodeKey: z.string(),
  /** Null where the node has no attempt; then nothing else is told. */
  attemptId: z.nullable(z.string()),
  parts: z.array(recordPart),
  producers: z.array(z.object({ name: z.string(), messages: z.number() })),
  facets: z.array(facetResource),
  /** Parts of messages that could not be read. */
  notes: z.array(z.object({ path: z.string(), reason: z.string(), eventId: z.string() })),
  /** Producers and facets are those of the latest so many messages, of so many. */
  messages: z.object({ read: z.number(), total: z.number() }),
});
export type RecordResource = z.infer<typeof recordResource>;
