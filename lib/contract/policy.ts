import * as z from "zod/mini";
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
  node: z.nullable(z.string()),
  who: z.string(),
  at: wireInstant,
});
export type OverrideResource = z.infer<typeof overrideResource>;

/** An override that was taken away. */
export const cleared = z.omit(overrideResource, { value: true });
export type Cleared = z.infer<typeof cleared>;

export const policyResource = z.object({
  thresholds: z.array(thresholdResource),
  /** Newest first. */
  overrides: z.array(z.extend(overrideResource, { note: z.string() })),
});
export type PolicyResource = z.infer<typeof policyResource>;

/** What was done to the policy, newest first. */
export const policyHistory = z.object({
  changes: z.array(
    z.extend(z.omit(overrideResource, { value: true }), {
      id: z.string(),
      /** Null where the override was taken away. */
      value: z.nullable(z.number()),
      /** What it was before; null where it was not set. */
      before: z.nullable(z.number()),
      note: z.string(),
    }),
  ),
  nextCursor: z.nullable(z.string()),
});
export type PolicyHistory = z.infer<typeof policyHistory>;

/** Writes an override as it crosses our wire. */
export function overrideToWire({ at, ...override }: Override): OverrideResource {
  return { ...override, at: toWire(at) };
}
