import { z } from "zod";
import { storableText } from "../base/storable-text.ts";

/** One beat. Short names would save little under gzip, and would cost a reader. */
export const beat = z.object({
  /** The attempt's own run id. */
  runId: z.string().trim().min(1).max(512),
  /** When it beat, ISO 8601; the time of receipt where left out. */
  at: z.string().max(64).optional(),
  /** A beat is promised at least every so many seconds. */
  interval: z.number().positive().max(86_400).optional(),
  sequence: z.number().int().nonnegative().optional(),
  progress: z
    .object({
      done: z.number(),
      total: z.number().optional(),
      unit: z
        .string()
        .max(64)
        .transform((text) => storableText(text))
        .optional(),
    })
    .optional(),
  cpuSeconds: z.number().nonnegative().optional(),
  rssBytes: z.number().nonnegative().optional(),
});
export type Beat = z.infer<typeof beat>;

/** The most beats of one body. */
export const MOST_BEATS = 10_000;

/** The body of POST /api/v1/heartbeats. */
export const beats = z.object({ beats: z.array(beat).min(1).max(MOST_BEATS) });

/** Its answer: how many were taken, and which of them, or what in them, was left out and why. */
export const beatsTaken = z.object({
  accepted: z.number(),
  problems: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
});
export type BeatsTaken = z.infer<typeof beatsTaken>;
