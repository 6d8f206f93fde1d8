import * as z from "zod/mini";
import type { Difference, DifferenceKind, NodeSide } from "../diagnosis/compare-nodes.ts";
import type { RunComparison } from "../diagnosis/compare-runs.ts";
import { wireInstant } from "./instant.ts";
import { runMark } from "./pipelines.ts";
import { nodeStatus } from "./runs.ts";

/** What differs, in the order of its importance. Written out: the browser needs none of the diagnosis. */
export const differenceKind = z.enum([
  ...(["code", "parameter", "input", "environment", "setting", "structure", "output", "upstream"] as const),
  ...(["other", "cache", "outcome", "attempts", "duration"] as const),
] satisfies DifferenceKind[]);
export type DifferenceKindName = z.infer<typeof differenceKind>;

const difference = z.object({
  kind: differenceKind,
  /** Which part of that kind: a parameter's name, a dataset's. */
  name: z.string(),
  /** Null where there was none, or is none. Durations are in ms. */
  before: z.nullable(z.string()),
  now: z.nullable(z.string()),
});
export type DifferenceResource = z.infer<typeof difference>;

const side = z.object({
  status: nodeStatus,
  /** How long its latest attempt took, or has been running, ms. */
  tookMs: z.nullable(z.number()),
  open: z.boolean(),
  cache: z.nullable(z.string()),
  attempts: z.number(),
});
export type SideResource = z.infer<typeof side>;

const comparedNode = z.object({
  /** Empty for the run itself. */
  key: z.string(),
  /** Null where that run has no such node. */
  before: z.nullable(side),
  now: z.nullable(side),
  /** The most important first. */
  differences: z.array(difference),
});
export type ComparedNode = z.infer<typeof comparedNode>;

const comparedRun = z.extend(runMark, { pipeline: z.string(), namespace: z.string() });
export type ComparedRun = z.infer<typeof comparedRun>;

/** A run beside an earlier one of its pipeline. */
export const comparisonResource = z.object({
  run: comparedRun,
  /** What it is compared with: what was asked for, else the last that completed before it. Null where there is none. */
  with: z.nullable(comparedRun),
  /** The first difference that matters, in a sentence or two. */
  headline: z.nullable(z.string()),
  /** The node and kind of that difference. */
  first: z.nullable(z.object({ key: z.string(), kind: differenceKind })),
  /** The run itself, then what precedes before what follows. */
  nodes: z.array(comparedNode),
  /** Other runs of the pipeline that it could be compared with, the latest first. */
  choices: z.array(runMark),
  at: wireInstant,
});
export type ComparisonResource = z.infer<typeof comparisonResource>;

/** Writes what a comparison found as it crosses our wire. */
export function comparisonToWire({
  headline,
  differences,
  nodes,
}: RunComparison): Pick<ComparisonResource, "headline" | "first" | "nodes"> {
  const [first] = differences;
  return {
    headline,
    first: first ? { key: first.nodeKey, kind: first.kind } : null,
    nodes: nodes.map(({ key, before, now, differences: own }) => ({
      key,
      before: before && sideToWire(before),
      now: now && sideToWire(now),
      differences: own.map(differenceToWire),
    })),
  };
}

function sideToWire(one: NodeSide): SideResource {
  return { ...one };
}

function differenceToWire({ kind, name, before, now }: Difference): DifferenceResource {
  return { kind, name, before, now };
}
