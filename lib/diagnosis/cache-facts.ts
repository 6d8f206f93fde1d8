import type { CacheState } from "../projections/attempt-state.ts";
import type { NodeView } from "../projections/run-view.ts";
import { type ComponentDiff, compareWithPast, earlierThan } from "./compare-past.ts";
import { RAN } from "./reruns.ts";
import type { Original, PastAttempt } from "./verdict.ts";
import type { WaitFacts } from "./wait-facts.ts";
import type { World } from "./world.ts";

/** How the cache decided on a node, and what differs from the best earlier execution. */
export interface CacheFacts {
  readonly cache: CacheState | undefined;
  /** It was looked for in the cache and not found, so that it ran. */
  readonly missed: boolean;
  /** The earlier execution with the fewest differing components; of equals the newest. */
  readonly baseline: PastAttempt | undefined;
  readonly diff: readonly ComponentDiff[];
  /** The components of the diff that changed, those first that people change by hand. */
  readonly changed: readonly ComponentDiff[];
  /** The newest earlier execution that completed with the same key and left an entry. */
  readonly sameKey: { readonly past: PastAttempt; readonly by: "key" | "components" } | undefined;
  /** The newest earlier execution that completed, whatever its key. */
  readonly lastGood: PastAttempt | undefined;
  /** The run or group around it for which reuse was bypassed or is off: its own key then decided nothing. */
  readonly offAbove: NodeView | undefined;
  /** No step before it is why it was not reused. */
  readonly first: boolean;
  /** The first steps before it that were not reused, with what had changed in them; where that is why it was not. */
  readonly causes: readonly { readonly node: NodeView; readonly changed: readonly ComponentDiff[] }[];
  /** Steps behind it that were not reused because of it. */
  readonly consequences: readonly string[];
  /** What it was reused from or waits for: its id as told, and what is known of it. */
  readonly originalId: string | undefined;
  readonly original: Original | undefined;
}

/** In the order in which a person would look: what people change by hand comes before what follows from it. */
const KINDS = ["code", "parameter", "environment", "setting", "input", "upstream", "output", "other"];

/** Statuses of executions that left no entry behind, by the caches' own rules. */
const NOTHING_STORED: ReadonlySet<string | null> = new Set(["DISABLED", "BYPASSED", "STORE_FAILED"]);

/** Of a node of whose cache nothing is told. */
const UNTOLD: CacheFacts = {
  cache: undefined,
  missed: false,
  baseline: undefined,
  diff: [],
  changed: [],
  sameKey: undefined,
  lastGood: undefined,
  offAbove: undefined,
  first: true,
  causes: [],
  consequences: [],
  originalId: undefined,
  original: undefined,
};

/** Reads how the cache decided on a node. `wait`: what it waits for now. */
export function cacheFacts(world: World, node: NodeView, wait: WaitFacts | undefined): CacheFacts {
  const cache = node.current?.state.cache;
  const waitsFor = wait?.kind === "cache" ? wait.holder?.attemptId : undefined;
  const originalId = cache?.reusedFrom?.value.attemptId ?? waitsFor;
  const original = originalId === undefined ? undefined : world.context.originals?.get(originalId);
  if (!cache) return originalId === undefined ? UNTOLD : { ...UNTOLD, originalId, original };
  const i = world.graph.indexOf.get(node.key) ?? -1;
  const { causes, consequences } = world.reruns();
  const keyOf = (n: number): string => world.graph.nodes[n]?.key ?? "";
  const history = earlierThan(cache, world.historyOf(node));
  return {
    cache,
    missed: RAN.has(cache.status.value),
    ...compared(cache, history),
    sameKey: sameKeyOf(cache, history),
    lastGood: history.find((p) => p.outcome === "completed"),
    offAbove: offAbove(world, node),
    first: !causes.has(i),
    causes: (causes.get(i) ?? []).flatMap((n) => {
      const cause = world.graph.nodes[n];
      const theirs = cause?.current?.state.cache;
      return cause
        ? [{ node: cause, changed: compared(theirs, earlierThan(theirs, world.historyOf(cause))).changed }]
        : [];
    }),
    consequences: (consequences.get(i) ?? []).map(keyOf).sort(),
    originalId,
    original,
  };
}

function offAbove({ run }: World, node: NodeView): NodeView | undefined {
  const isOff = (above: NodeView): boolean => OFF.has(above.current?.state.cache?.status.value ?? "");
  if (node === run.root) return undefined;
  for (let key = node.parentKey; key !== undefined; ) {
    const above = run.nodes.get(key);
    if (!above) break;
    if (isOff(above)) return above;
    key = above.parentKey;
  }
  return isOff(run.root) ? run.root : undefined;
}

const OFF: ReadonlySet<string> = new Set(["BYPASSED", "DISABLED"]);

function compared(
  cache: CacheState | undefined,
  history: readonly PastAttempt[],
): Pick<CacheFacts, "baseline" | "diff" | "changed"> {
  const { baseline, diff } = compareWithPast(cache?.components?.value, history);
  const changed = diff.filter((d) => d.changed).sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  return { baseline, diff, changed };
}

/** Keys decide where both were told; else all components must be the same. */
function sameKeyOf(cache: CacheState | undefined, history: readonly PastAttempt[]): CacheFacts["sameKey"] {
  const key = cache?.key?.value;
  const components = cache?.components?.value;
  for (const past of history) {
    if (past.outcome !== "completed" || NOTHING_STORED.has(past.cacheStatus)) continue;
    if (key !== undefined && past.cacheKey !== null) {
      if (key === past.cacheKey) return { past, by: "key" };
      continue;
    }
    const { baseline, diff } = compareWithPast(components, [past]);
    if (baseline && diff.every((d) => !d.changed)) return { past, by: "components" };
  }
  return undefined;
}
