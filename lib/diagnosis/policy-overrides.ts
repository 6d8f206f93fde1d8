/** Which value of a threshold holds for a node: what the most specific override says, or the default. */
import type { Instant } from "../base/instant.ts";
import { compileGlob, type Glob } from "./glob.ts";
import { type Policy, type ThresholdName, thresholds } from "./policy.ts";

/** A threshold as somebody set it, for the pipelines and nodes that its globs match. */
export interface Override {
  readonly threshold: ThresholdName;
  readonly value: number;
  /** Matches a pipeline's name, or its namespace and name with a slash between them. */
  readonly pipeline: string;
  /** Matches a node's key; null where it holds for all nodes, and for the run itself. */
  readonly node: string | null;
  readonly who: string;
  readonly at: Instant;
}

/** The values that hold for a node, and where those that are not the defaults come from. */
export interface Effective {
  readonly values: Policy;
  readonly from: ReadonlyMap<ThresholdName, Override>;
}

/** The policy of one run. */
export interface RunPolicy {
  /** What holds for the run as a whole. */
  readonly run: Effective;
  /** What holds for a node; the same object for all nodes that the same overrides match. */
  readonly of: (nodeKey: string) => Effective;
}

interface Compiled {
  readonly override: Override;
  readonly pipeline: Glob;
  readonly node: Glob | null;
}

/**
 * The policy of a pipeline's runs. The globs are compiled once; most runs have no override of a node, and all their
 * nodes share one object then.
 */
export function policyOfRun(
  pipeline: { readonly namespace: string; readonly name: string },
  overrides: readonly Override[],
  defaults: Policy,
): RunPolicy {
  const mine = overrides
    .filter((override) => matchesPipeline(override, pipeline))
    .map((override): Compiled => {
      const { node } = override;
      return {
        override,
        pipeline: compileGlob(override.pipeline),
        node: node === null ? null : compileGlob(node),
      };
    })
    // A value that this version does not allow any more is as if it had never been set.
    .filter(({ override }) => isWithinBounds(override))
    .sort(bySpecificity);
  const ofNodes = mine.filter((c): c is Compiled & { node: Glob } => c.node !== null);
  const run = effective(
    mine.filter((c) => c.node === null),
    defaults,
  );
  if (ofNodes.length === 0) return { run, of: () => run };
  const known = new Map<string, Effective>();
  const byMatches = new Map<string, Effective>([["", run]]);
  const read = (key: string): Effective => {
    const which = ofNodes.flatMap((c, i) => (c.node.matches(key) ? [i] : [])).join();
    const shared =
      byMatches.get(which) ??
      effective(
        mine.filter((c) => c.node?.matches(key) !== false),
        defaults,
      );
    byMatches.set(which, shared);
    return shared;
  };
  return {
    run,
    of: (key) => {
      const found = known.get(key) ?? read(key);
      known.set(key, found);
      return found;
    },
  };
}

/** What holds for whatever is of no pipeline, as a source is: what is set for all, since no other glob matches no name. */
export function policyOfAll(overrides: readonly Override[], defaults: Policy): Policy {
  return policyOfRun({ namespace: "", name: "" }, overrides, defaults).run.values;
}

/** Whether an override is of these runs at all. */
export function matchesPipeline(
  override: Pick<Override, "pipeline">,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): boolean {
  const { matches } = compileGlob(override.pipeline);
  return matches(name) || matches(`${namespace}/${name}`);
}

/** Least specific first, so that the later ones win. */
function effective(inOrder: readonly Compiled[], defaults: Policy): Effective {
  if (inOrder.length === 0) return { values: defaults, from: new Map() };
  const values: Record<ThresholdName, number> = { ...defaults };
  const from = new Map<ThresholdName, Override>();
  for (const { override } of inOrder) {
    values[override.threshold] = override.value;
    from.set(override.threshold, override);
  }
  return { values, from };
}

/**
 * What is said of a node is more specific than what is said of a pipeline: a sensor is a sensor in any of them. Among
 * these, the node's glob decides, then the pipeline's; of two that are equally specific the one set later wins.
 */
function bySpecificity(a: Compiled, b: Compiled): number {
  return (
    Number(a.node !== null) - Number(b.node !== null) ||
    (a.node?.specificity ?? 0) - (b.node?.specificity ?? 0) ||
    a.pipeline.specificity - b.pipeline.specificity ||
    a.override.at - b.override.at
  );
}

function isWithinBounds({ threshold, value }: Override): boolean {
  const { least, most } = thresholds[threshold];
  return value >= least && value <= most;
}
