import * as z from "zod/mini";
import { wireInstant } from "./instant.ts";
import { stripSegment } from "./runs.ts";

const phase = z.object({
  kind: z.enum(["waiting", "preparing", "running", "finalizing"]),
  from: wireInstant,
  /** Null while it goes on. */
  to: z.nullable(wireInstant),
  /** Its source's word for it, or what it waits for. */
  why: z.nullable(z.string()),
});

/** One attempt as a bar, with what happened along it. */
const timelineAttempt = z.object({
  id: z.string(),
  nodeKey: z.string(),
  number: z.number(),
  status: z.enum(["waiting", "running", "superseded", "completed", "failed", "aborted"]),
  startedAt: z.nullable(wireInstant),
  /** Its end; of one that another took the place of, when it was last heard. Null while it goes on. */
  endedAt: z.nullable(wireInstant),
  phases: z.array(phase),
  strip: z.array(stripSegment),
  /** When it was last heard beating. */
  lastBeatAt: z.nullable(wireInstant),
  /** At most twenty. */
  outputs: z.array(
    z.object({ name: z.string(), declaredAt: z.nullable(wireInstant), writtenAt: z.nullable(wireInstant) }),
  ),
  /** The latest times at which its log was written. */
  logAt: z.array(wireInstant),
  cache: z.nullable(z.object({ status: z.string(), at: wireInstant })),
  progress: z.nullable(
    z.object({
      done: z.number(),
      total: z.nullable(z.number()),
      unit: z.nullable(z.string()),
      at: wireInstant,
    }),
  ),
});
export type TimelineAttempt = z.infer<typeof timelineAttempt>;

/** All attempts of a run, at most the latest twenty of each node, oldest first. */
export const timelineResource = z.object({
  runId: z.string(),
  attempts: z.array(timelineAttempt),
  at: wireInstant,
});
export type TimelineResource = z.infer<typeof timelineResource>;
