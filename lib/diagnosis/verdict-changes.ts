/** How a diagnosis differs from the one before it: which verdicts were opened, which say otherwise, which closed and why. */
import { writeDuration } from "../base/duration.ts";
import { formatDuration } from "../base/format.ts";
import type { Instant } from "../base/instant.ts";
import type { AttemptView, NodeView, RunView } from "../projections/run-view.ts";
import { type Policy, thresholds } from "./policy.ts";
import type { Certainty, Diagnosis, RuleClass, UsedThreshold, Verdict } from "./verdict.ts";
import { code } from "./wording.ts";

/** A verdict that stood open after a diagnosis. */
export interface OpenVerdict {
  readonly rule: string;
  readonly nodeKey: string;
  /** Empty for a planned step. */
  readonly attemptId: string;
  readonly ruleClass: RuleClass;
  readonly certainty: Certainty;
  readonly since: Instant;
  readonly policy: readonly Pick<UsedThreshold, "name" | "value">[];
}

export interface VerdictChange extends OpenVerdict {
  readonly change: "opened" | "changed" | "closed";
  /** The claim; of a close, why: a clause without a capital or full stop. */
  readonly words: string;
}

/** What was seen by the diagnosis that is compared with the one before. */
export interface Look {
  readonly run: RunView;
  readonly diagnosis: Diagnosis;
  readonly policyOf: (nodeKey: string) => Policy;
  /** When the diagnosis before was made; null where there was none. */
  readonly lookedAt: Instant | null;
  /** Whether the run had ended by then. */
  readonly hadEnded: boolean;
}

/**
 * What changed. The words of a claim change by the second: a verdict counts as changed where it is surer, or of another
 * class. One that is only too far down to be listed has not closed.
 *
 * That a step which has not begun waits for those before it is what its plan says, and of no run the news: each would begin
 * with such entries, one for each step to come. What goes wrong before it has a verdict of its own, and what it waits for
 * in vain is another verdict.
 */
export function verdictChanges(before: readonly OpenVerdict[], look: Look): VerdictChange[] {
  const old = new Map(before.map((verdict) => [keyOf(verdict), verdict]));
  const unlisted = new Set(look.diagnosis.unlisted.map(keyOf));
  const changes: VerdictChange[] = [];
  for (const verdict of look.diagnosis.verdicts) {
    if (verdict.attempt === null && verdict.ruleClass === "waiting") continue;
    const now = openOf(verdict);
    const was = old.get(keyOf(now));
    old.delete(keyOf(now));
    if (!was) changes.push({ ...now, change: "opened", words: verdict.claim });
    else if (was.certainty !== now.certainty || was.ruleClass !== now.ruleClass)
      changes.push({ ...now, change: "changed", words: verdict.claim });
  }
  for (const [key, was] of old) {
    if (!unlisted.has(key)) changes.push({ ...was, change: "closed", words: closedBecause(was, look) });
  }
  return changes;
}

function keyOf({ rule, nodeKey, attemptId }: Pick<OpenVerdict, "rule" | "nodeKey" | "attemptId">): string {
  return JSON.stringify([nodeKey, rule, attemptId]);
}

function openOf({ rule, nodeKey, attempt, ruleClass, certainty, since, policy }: Verdict): OpenVerdict {
  return {
    rule,
    nodeKey,
    attemptId: attempt?.id ?? "",
    ruleClass,
    certainty,
    since,
    policy: policy.map(({ name, value }) => ({ name, value })),
  };
}

/** The most telling of what happened since the last look. */
function closedBecause(was: OpenVerdict, look: Look): string {
  const { run, diagnosis, hadEnded } = look;
  const node = nodeOf(run, was.nodeKey);
  if (!node) return "the step is no part of the run any more";
  const attempt = node.current;
  if (attempt && attempt.id !== was.attemptId) return startedAnew(was, attempt);
  return (
    (attempt && ended(was, attempt, look)) ??
    (run.endedAt !== undefined && !hadEnded ? "the run ended" : undefined) ??
    setAnew(was, look) ??
    (attempt && heardAgain(was, attempt, look)) ??
    overruled(was, diagnosis) ??
    (heardSince(node, look) ? "what came since speaks against it" : "time alone changed it")
  );
}

function nodeOf(run: RunView, key: string): NodeView | undefined {
  return run.nodes.get(key) ?? (run.root.key === key ? run.root : undefined);
}

function startedAnew({ attemptId, since }: OpenVerdict, { number, state }: AttemptView): string {
  if (attemptId !== "") return `a new attempt started: number ${number}`;
  const heardAt = state.started?.receivedAt ?? state.firstReceivedAt;
  return heardAt === undefined
    ? "the step was heard of"
    : `the step started ${formatDuration(heardAt - since)} late`;
}

const ENDS = { completed: "COMPLETE", failed: "FAIL", aborted: "ABORT" } as const;

function ended(
  { ruleClass, since }: OpenVerdict,
  attempt: AttemptView,
  { lookedAt }: Look,
): string | undefined {
  const { status, state, endMessageId } = attempt;
  if (status === "superseded") return "its parent ended, or was tried again: nothing waits for it any more";
  if (status !== "completed" && status !== "failed" && status !== "aborted") return undefined;
  const told = Object.values(state.ends).find((end) => end?.messageId === endMessageId);
  // A note on what ended long ago was not closed by that end.
  if (!told || (lookedAt !== null && told.receivedAt < lookedAt && ruleClass === "note")) return undefined;
  const arrived = `${code(ENDS[status])} arrived`;
  const late = told.receivedAt - since;
  return ruleClass === "stuck" && late > 0 ? `${arrived} ${formatDuration(late)} late` : arrived;
}

function setAnew({ nodeKey, policy }: OpenVerdict, { policyOf }: Look): string | undefined {
  const values = policyOf(nodeKey);
  const moved = policy.find(({ name, value }) => Object.hasOwn(values, name) && values[name] !== value);
  if (!moved) return undefined;
  const { unit } = thresholds[moved.name];
  const told = (value: number): string => (unit === "ms" ? writeDuration(value) : String(value));
  return `the policy changed: ${code(moved.name)} is ${told(values[moved.name])}, and was ${told(moved.value)}`;
}

/** Rules that speak of an attempt that is not heard. */
const OF_SILENCE: ReadonlySet<string> = new Set(["silent-heartbeat", "lost-node", "killed-process"]);

function heardAgain(
  { rule, since }: OpenVerdict,
  { life }: AttemptView,
  { lookedAt }: Look,
): string | undefined {
  if (rule === "dark-source") return "the source was heard again";
  const heardAt = life.lastReceivedAt;
  if (!OF_SILENCE.has(rule) || heardAt === undefined || (lookedAt !== null && heardAt < lookedAt))
    return undefined;
  return `beats came back after ${formatDuration(heardAt - since)}`;
}

function overruled({ rule, nodeKey }: OpenVerdict, { verdicts }: Diagnosis): string | undefined {
  for (const verdict of verdicts) {
    if (verdict.nodeKey !== nodeKey) continue;
    const out = verdict.ruledOut.find((other) => other.rule === rule);
    if (out) return `${code(verdict.rule)} holds instead: ${out.because}`;
  }
  return undefined;
}

function heardSince({ attempts }: NodeView, { lookedAt }: Look): boolean {
  if (lookedAt === null) return true;
  return attempts.some(
    ({ state, life }) => Math.max(state.lastReceivedAt ?? 0, life.lastReceivedAt ?? 0) >= lookedAt,
  );
}
