import type { Instant } from "../base/instant.ts";
import type { RunView } from "../projections/run-view.ts";
import { beatFacts } from "./beat-facts.ts";
import { clockReader } from "./clock-facts.ts";
import { defaultPolicy, type Policy } from "./policy.ts";
import { policyOfRun } from "./policy-overrides.ts";
import { darkFrom, isDark, sourceFacts } from "./source-facts.ts";
import type { Context } from "./verdict.ts";

/** How an answer about a run depends on what is heard of a source otherwise. */
export interface SourceNews {
  readonly name: string;
  readonly skewSeconds: number;
  readonly dark: boolean;
  /** When it goes dark if nothing more is heard of it; null where it cannot. */
  readonly darkFrom: Instant | null;
  /**
   * Whether news of it may change the answer: an attempt of it is open of which its silence cannot be told from the
   * source's own yet. Where the source was heard after all of them had fallen silent, more of the same tells nothing.
   */
  readonly matters: boolean;
}

/** For each source that a run's answer looks at. */
export function sourceNews(
  run: RunView,
  context: Context,
  now: Instant,
  defaults: Policy = defaultPolicy,
): SourceNews[] {
  const policy = policyOfRun(run.pipeline, context.overrides ?? [], defaults);
  const clockOf = clockReader(run, context, now, policy.run.values);
  const open = new Set<string>();
  for (const node of [run.root, ...run.nodes.values()]) {
    const { current } = node;
    if (!current || current.endedAt !== undefined) continue;
    const name = current.state.source ?? run.source;
    if (open.has(name)) continue;
    const clock = clockOf(current);
    if (clock.imported) continue;
    const values = policy.of(node.key).values;
    const beat = beatFacts(current, clock, context.history.get(node.key) ?? [], now, values, context.deaf);
    if (sourceFacts(name, current, clock, beat, context, now, values).state !== "alive") open.add(name);
  }
  return [...context.sources.values()].map((facts) => ({
    name: facts.name,
    skewSeconds: Math.round(facts.skewMs / 1000),
    dark: isDark(facts, now, policy.run.values),
    darkFrom: darkFrom(facts, now, policy.run.values) ?? null,
    matters: open.has(facts.name),
  }));
}
