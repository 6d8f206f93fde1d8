import { z } from "zod";
import type { Override } from "../diagnosis/policy-overrides.ts";
import { toWire, wireInstant } from "./instant.ts";

/** A threshold as it is defined: the same for all pipelines. */
const thresholdResource = z.object({
  name: z.string(),
  unit: z.string(),
  default: z.number(),
  least: z.number(),
  most: z.number(),
  reason: z.string(),
  /** `run` where it cannot differ among the nodes of a run. */
  of: z.enum(["node", "run"]),
});
export type ThresholdResource = z.infer<typeof thresholdResource>;

/** A threshold as somebody set it. */
export const overrideResource = z.object({
  threshold: z.string(),
  value: z.number(),
  pipeline: z.string(),
  node: z.string().nullable(),
  who: z.string(),
  at: wireInstant,
});
export type OverrideResource = z.infer<typeof overrideResource>;

/** An override that was taken away. */
export const cleared = overrideResource.omit({ value: true });
export type Cleared = z.infer<typeof cleared>;

export const policyResource = z.object({
  thresholds: z.array(thresholdResource),
  /** Newest first. */
  overrides: z.array(overrideResource.extend({ note: z.string() })),
});
export type PolicyResource = z.infer<typeof policyResource>;

/** What was done to the policy, newest first. */
export const policyHistory = z.object({
  changes: z.array(
    overrideResource.omit({ value: true }).extend({
      id: z.string(),
      /** Null where the override was taken away. */
      value: z.number().nullable(),
      /** What it was before; null where it was not set. */
      before: z.number().nullable(),
      note: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type PolicyHistory = z.infer<typeof policyHistory>;

/** Writes an override as it crosses our wire. */
export function overrideToWire({ at, ...override }: Override): OverrideResource {
  return { ...override, at: toWire(at) };
}
