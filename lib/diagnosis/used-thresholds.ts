import type { NodeView } from "../projections/run-view.ts";
import type { Rule } from "./define-rule.ts";
import { factReader } from "./facts.ts";
import { type Policy, type ThresholdName, thresholdNames, thresholds } from "./policy.ts";
import type { Effective } from "./policy-overrides.ts";
import { runFactsReader } from "./run-facts.ts";
import type { UsedThreshold, Verdict } from "./verdict.ts";
import type { World } from "./world.ts";

/**
 * Completes verdicts by the thresholds that they rest on: the rule is asked once more, with a policy that notes what
 * is read of it, and with facts of its own, so that what they read is noted too. A rule is pure, so it answers as it
 * did; and what is asked again are the verdicts that somebody sees, not the thirty thousand nodes of a run.
 *
 * What the run as a whole was read by (how clocks stand, what counts as ended) is the same for all, and left out.
 */
export function withThresholds(world: World, rules: readonly Rule[]): (verdict: Verdict) => Verdict {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const runFacts = lazily(() => runFactsReader(world));
  const read = new Set<ThresholdName>();
  const notingOf = once((effective: Effective) => ({
    ...effective,
    values: notingReads(effective.values, read),
  }));
  const readBy = (rule: Rule, node: NodeView): UsedThreshold[] => {
    const effective = world.policyOf(node);
    const noting = notingOf(effective);
    const policyOf: World["policyOf"] = (other) => (other === node ? noting : world.policyOf(other));
    const facts = factReader({ ...world, policyOf }, runFacts)(node);
    read.clear();
    rule.judge(facts, { now: world.now, policy: noting.values, changesAt: () => {} });
    return thresholdNames
      .filter((name) => read.has(name))
      .map((name) => ({
        name,
        value: effective.values[name],
        unit: thresholds[name].unit,
        from: effective.from.get(name) ?? null,
      }));
  };
  // A blocker's verdict is one of all the verdicts: it stays the same object.
  return once((verdict) => {
    const rule = byId.get(verdict.rule);
    const node = world.run.nodes.get(verdict.nodeKey) ?? world.run.root;
    return { ...verdict, policy: rule ? readBy(rule, node) : [] };
  });
}

/** The same values; who reads one is noted. */
function notingReads(values: Policy, read: Set<ThresholdName>): Policy {
  const noting = { ...values };
  for (const name of thresholdNames) {
    Object.defineProperty(noting, name, {
      get() {
        read.add(name);
        return values[name];
      },
    });
  }
  return noting;
}

function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
