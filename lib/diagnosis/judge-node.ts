import type { Instant } from "../base/instant.ts";
import type { NodeView } from "../projections/run-view.ts";
import type { Answer, Finding, Rule } from "./define-rule.ts";
import type { Facts } from "./facts.ts";
import type { Policy } from "./policy.ts";
import type { Diagnosis, Evidence, RuleClass, Verdict } from "./verdict.ts";

/** What all rules together say of one node. */
export interface Judgement {
  /** What holds it, where something does. */
  readonly leading: Verdict | undefined;
  readonly notes: readonly Verdict[];
  readonly broken: Diagnosis["broken"];
  readonly changesAt: readonly Instant[];
}

/**
 * Asks each rule, and lets the most specific of those that hold a node win (guard 11): the first in the rules' order.
 * A rule that throws is a result of its own, and the others go on.
 */
export function judgeNode(
  node: NodeView,
  facts: Facts,
  rules: readonly Rule[],
  now: Instant,
  policy: Policy,
): Judgement {
  const found: { rule: Rule; finding: Finding }[] = [];
  const refuted: { rule: string; because: string }[] = [];
  const broken: Diagnosis["broken"][number][] = [];
  const changesAt: Instant[] = [];
  const bench = {
    now,
    policy,
    changesAt: (at: number | undefined): void => {
      if (at !== undefined && at > now) changesAt.push(at as Instant);
    },
  };
  for (const rule of rules) {
    if (rule.asks?.(node) === false) continue;
    let answer: Answer;
    try {
      answer = rule.judge(facts, bench);
    } catch (error) {
      broken.push({ rule: rule.id, nodeKey: node.key, error: messageOf(error) });
      continue;
    }
    if (answer === undefined) continue;
    if ("not" in answer) refuted.push({ rule: rule.id, because: answer.not });
    else found.push({ rule, finding: answer });
  }
  const [winner, ...beaten] = found.filter((f) => classOf(f) !== "note");
  const leading =
    winner &&
    verdictOf(node, winner.rule, winner.finding, [
      ...beaten.map(({ rule }) => ({
        rule: rule.id,
        because: winner.rule.beats?.[rule.id] ?? `\`${winner.rule.id}\` says more`,
      })),
      ...refuted,
    ]);
  const notes = found
    .filter((f) => classOf(f) === "note")
    .map(({ rule, finding }) => verdictOf(node, rule, finding, leading ? [] : refuted));
  return { leading, notes, broken, changesAt };
}

function classOf({ rule, finding }: { rule: Rule; finding: Finding }): RuleClass {
  return finding.ruleClass ?? rule.ruleClass;
}

function verdictOf(
  node: NodeView,
  rule: Rule,
  finding: Finding,
  ruledOut: readonly { rule: string; because: string }[],
): Verdict {
  return {
    rule: rule.id,
    ruleClass: classOf({ rule, finding }),
    nodeKey: node.key,
    attempt: node.current ? { id: node.current.id, number: node.current.number } : null,
    claim: finding.claim,
    short: finding.short,
    certainty: finding.certainty,
    since: finding.since,
    evidence: finding.evidence.filter((e): e is Evidence => Boolean(e)).sort((a, b) => a.at - b.at),
    missing: (finding.missing ?? []).filter((m): m is string => typeof m === "string" && m !== ""),
    ruledOut,
    unblock: finding.unblock ?? [],
    policy: [],
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
