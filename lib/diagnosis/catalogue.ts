import { rules } from "./rules/index.ts";
import type { RuleClass } from "./verdict.ts";

/** A rule as lists and pages show it. */
export interface RuleInfo {
  readonly id: string;
  readonly title: string;
  readonly ruleClass: RuleClass;
  readonly family: string;
  readonly summary: string;
}

/** All rules, in the order in which they are asked. */
export const catalogue: readonly RuleInfo[] = rules.map(({ id, title, ruleClass, family, summary }) => ({
  id,
  title,
  ruleClass,
  family,
  summary,
}));
