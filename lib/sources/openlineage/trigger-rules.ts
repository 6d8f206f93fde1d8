import { z } from "zod";
import type { TriggerRule } from "../../events/event.ts";
import { shown } from "./lenient.ts";

/**
 * The rules of Airflow and of OpenLineage in our words. Those that we have no word for are read as `all-done`: such a
 * step is decided once all before it ended, however they did, so that none of them is ever blamed for having failed.
 */
const RULES: ReadonlyMap<string, TriggerRule> = new Map([
  ["all-success", "all-success"],
  ["all-done", "all-done"],
  ["one-success", "one-success"],
  ["one-done", "one-done"],
  ["none-failed", "none-failed"],
  ["none-failed-or-skipped", "none-failed"],
  ["none-failed-min-one-success", "none-failed"],
  ["always", "always"],
  ["dummy", "always"],
  ["all-failed", "all-done"],
  ["one-failed", "all-done"],
  ["all-skipped", "all-done"],
  ["none-skipped", "all-done"],
  ["all-done-min-one-success", "all-done"],
  ["all-done-setup-success", "all-done"],
]);

/** A trigger rule in any writing: ALL_SUCCESS, all_success, all-success. */
export const triggerRuleText = z.string().transform((given, context): TriggerRule => {
  const rule = RULES.get(given.trim().toLowerCase().replaceAll("_", "-"));
  if (rule) return rule;
  context.addIssue({ code: "custom", message: `unknown trigger rule: ${shown(given)}` });
  return z.NEVER;
});
