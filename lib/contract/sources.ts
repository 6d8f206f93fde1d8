import * as z from "zod/mini";
import { wireInstant } from "./instant.ts";
import { messageResource } from "./nodes.ts";

/** What came of a source in the hour that begins at `at`. Each event is counted once. */
const sourceHour = z.object({
  at: wireInstant,
  /** Taken, with all that was in it. */
  accepted: z.number(),
  /** There already: it changed nothing. */
  duplicate: z.number(),
  /** Taken, save a part that could not be read. */
  noted: z.number(),
  refused: z.number(),
  /** Those of the heartbeats endpoint. */
  beats: z.number(),
});
export type SourceHour = z.infer<typeof sourceHour>;

/** live: heard of late. quiet: not, and nothing shows that it should have been. dark: all of its rhythms are silent. */
const sourceState = z.enum(["live", "quiet", "dark"]);
export type SourceStateName = z.infer<typeof sourceState>;

/** One source. */
export const sourceSummary = z.object({
  name: z.string(),
  /** What kind of producer it is, where that is known: `airflow`, `spark`, … */
  integration: z.nullable(z.string()),
  state: sourceState,
  firstReceivedAt: z.nullable(wireInstant),
  lastReceivedAt: z.nullable(wireInstant),
  /** Open attempts that kept a rhythm when it was last heard. */
  rhythms: z.number(),
  /** Its clock less ours, as far as that can be told, s. */
  skewSeconds: z.number(),
  openRuns: z.number(),
  /** The last 24 hours, this one last; those in which nothing came are zeros. */
  hours: z.array(sourceHour),
});
export type SourceSummary = z.infer<typeof sourceSummary>;

/** What asks for somebody first: dark, then refused of late, then as they were last heard. */
export const sourceList = z.object({
  sources: z.array(sourceSummary),
  /** How many there are in all; the list ends at the 500 heard last. */
  total: z.number(),
  at: wireInstant,
});
export type SourceList = z.infer<typeof sourceList>;

/** One source with what it sent of late. */
export const sourceDetail = z.object({
  summary: sourceSummary,
  /** Who wrote its latest message, as that says. */
  producer: z.nullable(z.string()),
  /** The last 7 days, this hour last. */
  week: z.array(sourceHour),
  /** Of late, newest first; at most 50. */
  messages: z.array(z.omit(messageResource, { body: true, events: true })),
  /** Parts of messages that could not be read, newest first; at most 200 are kept. */
  notes: z.array(
    z.object({
      at: wireInstant,
      attemptId: z.string(),
      path: z.string(),
      reason: z.string(),
      eventId: z.string(),
    }),
  ),
  /** What was refused, newest first; at most 200 are kept. */
  refusals: z.array(
    z.object({
      id: z.string(),
      at: wireInstant,
      status: z.number(),
      path: z.string(),
      reason: z.string(),
      body: z.string(),
    }),
  ),
  at: wireInstant,
});
export type SourceDetail = z.infer<typeof sourceDetail>;
