import { toWire } from "../../contract/instant.ts";
import type { NodeResource } from "../../contract/runs.ts";
import type { Blocker, PastAttempt, Verdict } from "../../diagnosis/verdict.ts";
import type { NodeView } from "../../projections/run-view.ts";
import type { Judged } from "./judge-run.ts";
import { stripOf } from "./strip.ts";

const CACHE_WORDS: Readonly<Record<string, string>> = {
  HIT: "Reused from an earlier execution.",
  MISS: "Not reused: the cache had no entry for its key.",
  DISABLED: "Not reused: reuse is off for this node.",
  BYPASSED: "Not reused: this run was told to run everything again.",
  POPULATED: "Executed, and its result was stored for reuse.",
  LOOKUP_FAILED: "Not reused: the cache could not be asked.",
  STORE_FAILED: "Executed; its result could not be stored for reuse.",
  EVICTED: "Not reused: the entry is gone.",
  WAITING: "Waits for another execution with the same key.",
};

/** What holds a node: the verdict of the worst class; a note only where there is nothing else. */
function leadingVerdict(verdicts: readonly Verdict[]): Verdict | undefined {
  const order = ["stuck", "unknown", "waiting", "alive", "note"];
  return [...verdicts].sort((a, b) => order.indexOf(a.ruleClass) - order.indexOf(b.ruleClass))[0];
}

/** A node as the graph draws it, with what the diagnosis says of it (or with more, where that was asked for). */
export function nodeToWire(
  node: NodeView,
  { diagnosis, context, at, policyOf }: Judged,
  verdicts: readonly Verdict[] = verdictsByNode(diagnosis.verdicts).get(node.key) ?? [],
): NodeResource {
  const verdict = leadingVerdict(verdicts);
  const blocker = blockersByNode(diagnosis.blockers).get(node.key);
  const { current } = node;
  return {
    key: node.key,
    label: node.label,
    parentKey: node.parentKey ?? null,
    group: node.group ?? null,
    planned: node.planned,
    status: node.status,
    attempts: node.attempts.length,
    startedAt: toWire(current?.startedAt),
    endedAt: toWire(current?.endedAt),
    cache: cacheOf(node, verdicts, context.history.get(node.key) ?? []),
    strip: current ? stripOf(current, at, policyOf(node.key)) : [],
    verdict: verdict
      ? {
          rule: verdict.rule,
          ruleClass: verdict.ruleClass,
          certainty: verdict.certainty,
          short: verdict.short,
          since: toWire(verdict.since),
        }
      : null,
    blocker: blocker !== undefined,
    holds: blocker?.holds ?? 0,
  };
}

/** Made once for each diagnosis, though every node of ten thousand asks for its own. */
const verdictsByNode = oncePer((verdicts: readonly Verdict[]) => Map.groupBy(verdicts, (v) => v.nodeKey));
const blockersByNode = oncePer(
  (blockers: readonly Blocker[]) => new Map(blockers.map((b) => [b.nodeKey, b])),
);

function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function cacheOf(
  node: NodeView,
  verdicts: readonly Verdict[],
  history: readonly PastAttempt[],
): NodeResource["cache"] {
  const cache = node.current?.state.cache;
  if (!cache) return null;
  const status = cache.status.value;
  const explained = verdicts.find((v) => v.rule === "changed-key")?.claim;
  return {
    status,
    reason: explained ?? cache.reason?.value ?? CACHE_WORDS[status] ?? status,
    // A first execution has nothing that it could have reused: that it ran is no news.
    reran: status !== "HIT" && status !== "WAITING" && history.some((past) => past.cacheKey !== null),
  };
}
