import type { StateName } from "@/components/ui/state-shape";
import { withoutBackticks } from "@/components/ui/text-with-code";
import { formatDurationExact, toMillis } from "@/lib/base/format";
import type { NodeResource, NodeStatusName } from "@/lib/contract/runs";

const BY_STATUS: Readonly<Record<NodeStatusName, StateName>> = {
  planned: "planned",
  waiting: "waiting",
  running: "progressing",
  completed: "finished",
  reused: "finished",
  failed: "failed",
  aborted: "aborted",
  skipped: "aborted",
};

/** Alive, but not slow: it runs again, and knows why. */
const ALIVE_NOT_SLOW: readonly string[] = ["invalidated-upstream"];

/** A node's shape: what it is judged to be, else what it is. */
export function nodeState(node: Pick<NodeResource, "status" | "verdict">): StateName {
  const { status, verdict } = node;
  const plain = BY_STATUS[status];
  if (!verdict || isSettled(status)) return plain;
  switch (verdict.ruleClass) {
    case "stuck":
      return verdict.certainty === "possible" ? "suspect" : "stuck";
    case "waiting":
      return status === "planned" ? "planned" : "waiting";
    case "alive":
      return ALIVE_NOT_SLOW.includes(verdict.rule) ? plain : "slow";
    case "unknown":
      return "unknown";
    case "note":
      return plain;
  }
}

export function isSettled(status: NodeStatusName): boolean {
  return status !== "planned" && status !== "waiting" && status !== "running";
}

/** A judged node's few words; undefined where the node speaks for itself. */
export function judgedWords(node: Pick<NodeResource, "status" | "verdict">): string | undefined {
  const { verdict, status } = node;
  if (!verdict || verdict.ruleClass === "note" || (isSettled(status) && status !== "failed"))
    return undefined;
  return withoutBackticks(verdict.short);
}

/** The line under a node's name. `now` only matters for what runs. */
export function nodeWords(node: NodeResource, holder: string | undefined, now: number): string {
  const judged = judgedWords(node);
  if (judged) return judged;
  const { startedAt, endedAt, status } = node;
  const took = (to: number) => (startedAt ? formatDurationExact(to - toMillis(startedAt)) : undefined);
  switch (status) {
    case "planned":
      return holder ? `waits for ${holder}` : "planned";
    case "waiting":
      return holder ? `waits for ${holder}` : "waits to start";
    case "running":
      return took(now) ?? "running";
    case "skipped":
      return "skipped";
    case "reused":
      return "reused";
    case "failed":
    case "aborted":
      return [status, endedAt ? took(toMillis(endedAt)) : undefined].filter(Boolean).join(" after ");
    case "completed":
      return (endedAt && took(toMillis(endedAt))) ?? "finished";
  }
}

/** What the cache did, as a badge says it; undefined where it says nothing of note. */
export function cacheBadge(node: Pick<NodeResource, "cache" | "status">): "reused" | "re-ran" | undefined {
  if (node.status === "reused" || node.cache?.status === "HIT") return "reused";
  return node.cache?.reran ? "re-ran" : undefined;
}
