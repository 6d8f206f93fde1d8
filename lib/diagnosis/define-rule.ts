import type { Instant } from "../base/instant.ts";
import type { Askable } from "./askable.ts";
import { type FactName, type Facts, narrowing } from "./facts.ts";
import type { Policy } from "./policy.ts";
import type { Certainty, Evidence, RuleClass, Unblock } from "./verdict.ts";

/** What a rule says of a node where it applies. */
export interface Finding {
  /** One sentence in plain words, without its full stop, with the times and counts in it. */
  readonly claim: string;
  readonly short: string;
  /** Where this case is of another class than the rule: one that waits may be stuck. */
  readonly ruleClass?: RuleClass;
  readonly certainty: Certainty;
  readonly since: Instant;
  readonly evidence: readonly (Evidence | false | undefined)[];
  readonly missing?: readonly (string | null | undefined)[];
  readonly unblock?: readonly Unblock[];
}

/** It looked, and something spoke against it: "because …", without a capital or full stop. */
export interface Refuted {
  readonly not: string;
}

/** Nothing: the rule does not apply to such a node. */
export type Answer = Finding | Refuted | undefined;

/** What a rule may use besides its facts. */
export interface Bench {
  readonly now: Instant;
  readonly policy: Policy;
  /** Notes the next instant at which time alone changes the answer; undefined and past ones are ignored. */
  readonly changesAt: (at: Instant | number | undefined) => void;
}

/** How a rule is written. */
export interface RuleSpec<N extends FactName> {
  /** Named for the failing state, as a noun; also the name of its files. */
  readonly id: string;
  readonly title: string;
  readonly ruleClass: RuleClass;
  readonly family: Family;
  /** One sentence for the catalogue. */
  readonly summary: string;
  /** The rules that it is more specific than, and why it wins: kept under `ruledOut`. */
  readonly beats?: Readonly<Record<string, string>>;
  /** Whether it looks at nodes that have ended, and at finished runs. */
  readonly settled?: boolean;
  /** Of which nodes it has anything to say at all; undefined: of any. */
  readonly asks?: Askable;
  readonly needs: readonly N[];
  readonly judge: (facts: Pick<Facts, N>, bench: Bench) => Answer;
}

/** The headings of RULES.md. */
export type Family = "Completion" | "Dependencies" | "Caching" | "Tracking" | "Validation" | "Compute";

/** A rule as the engine asks it. */
export interface Rule extends Omit<RuleSpec<FactName>, "judge" | "needs"> {
  readonly needs: readonly FactName[];
  readonly judge: (facts: Facts, bench: Bench) => Answer;
}

/** Makes a rule that is given the facts it names, and no others. */
export function defineRule<const N extends FactName>(spec: RuleSpec<N>): Rule {
  const { judge, ...rest } = spec;
  const narrow = narrowing(spec.needs);
  return { ...rest, judge: (facts, bench) => judge(narrow(facts), bench) };
}
