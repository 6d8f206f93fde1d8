import * as z from "zod/mini";
import type { Diagnosis, Verdict } from "../diagnosis/verdict.ts";
import { toWire, wireInstant } from "./instant.ts";
import { overrideResource, overrideToWire } from "./policy.ts";

export const runState = z.enum(["finished", "progressing", "waiting", "slow", "suspect", "stuck", "unknown"]);

/** The states of runs that have not finished. Named one by one an index finds them; "not finished" would look at every run. */
export const OPEN_STATES = runState.options.filter((state) => state !== "finished");

export const verdictResource = z.object({
  rule: z.string(),
  ruleClass: z.enum(["stuck", "waiting", "alive", "note", "unknown"]),
  nodeKey: z.string(),
  attempt: z.nullable(z.object({ id: z.string(), number: z.number() })),
  claim: z.string(),
  short: z.string(),
  certainty: z.enum(["proven", "likely", "possible"]),
  since: wireInstant,
  evidence: z.array(
    z.object({
      at: wireInstant,
      kind: z.enum(["start", "end", "written", "declared", "beat", "gap", "wait", "cache", "note"]),
      text: z.string(),
      eventId: z.nullable(z.string()),
      /** Another run that it is about. */
      runId: z.optional(z.string()),
    }),
  ),
  missing: z.array(z.string()),
  ruledOut: z.array(z.object({ rule: z.string(), because: z.string() })),
  unblock: z.array(z.object({ action: z.string(), command: z.nullable(z.string()), risk: z.string() })),
  /** The thresholds that it used. `from` is null for a default. */
  policy: z.array(
    z.object({
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      from: z.nullable(z.omit(overrideResource, { threshold: true, value: true })),
    }),
  ),
});
export type VerdictResource = z.infer<typeof verdictResource>;

export const diagnosisResource = z.object({
  runId: z.string(),
  at: wireInstant,
  asOf: z.nullable(wireInstant),
  state: runState,
  headline: z.string(),
  since: z.nullable(wireInstant),
  blockers: z.array(
    z.object({ nodeKey: z.string(), holds: z.number(), verdict: z.nullable(verdictResource) }),
  ),
  verdicts: z.array(verdictResource),
  sources: z.array(
    z.object({
      name: z.string(),
      lastReceivedAt: z.nullable(wireInstant),
      dark: z.boolean(),
      skewSeconds: z.number(),
    }),
  ),
  /** Other runs that what holds this one waits for. */
  waitsFor: z.array(z.string()),
  nextChangeAt: z.nullable(wireInstant),
});
export type DiagnosisResource = z.infer<typeof diagnosisResource>;

/** Writes a verdict as it crosses our wire. */
export function verdictToWire(verdict: Verdict): VerdictResource {
  return {
    ...verdict,
    since: toWire(verdict.since),
    evidence: verdict.evidence.map((e) => ({ ...e, at: toWire(e.at) })),
    missing: [...verdict.missing],
    ruledOut: verdict.ruledOut.map((r) => ({ ...r })),
    unblock: verdict.unblock.map((u) => ({ ...u })),
    policy: verdict.policy.map(({ from, ...used }) => ({ ...used, from: from && overrideToWire(from) })),
  };
}

/** Writes a diagnosis as it crosses our wire; what broke stays with the operator. */
export function diagnosisToWire(diagnosis: Diagnosis): DiagnosisResource {
  return {
    runId: diagnosis.runId,
    at: toWire(diagnosis.at),
    asOf: toWire(diagnosis.asOf),
    state: diagnosis.state,
    headline: diagnosis.headline,
    since: toWire(diagnosis.since),
    blockers: diagnosis.blockers.map((b) => ({ ...b, verdict: b.verdict && verdictToWire(b.verdict) })),
    verdicts: diagnosis.verdicts.map(verdictToWire),
    sources: diagnosis.sources.map((s) => ({ ...s, lastReceivedAt: toWire(s.lastReceivedAt) })),
    waitsFor: [...diagnosis.waitsFor],
    nextChangeAt: toWire(diagnosis.nextChangeAt),
  };
}
