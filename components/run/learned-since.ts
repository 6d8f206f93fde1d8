import { isSettled } from "@/components/graph/node-look";
import { formatQuantity } from "@/lib/base/format";
import type { VerdictResource } from "@/lib/contract/diagnosis";
import type { NodeResource, RunResource } from "@/lib/contract/runs";

/** One thing that is known now and was not then. */
export interface Learned {
  readonly kind: "appeared" | "started" | "ended" | "retried" | "opened" | "closed" | "gone" | "run-ended";
  /** Undefined where it is of the run as a whole. */
  readonly nodeKey: string | undefined;
  /** When it happened, as far as that is known. */
  readonly at: string | null;
  readonly text: string;
}

type Known = Pick<RunResource, "nodes" | "diagnosis" | "summary">;

/**
 * What the answer of now knows beside that of then: which nodes appeared, started, ended or were tried again, and
 * which verdicts were opened or closed. What was opened and closed again in between is in neither of the two. The
 * oldest comes first; what has no time of its own comes last.
 */
export function learnedSince(then: Known, now: Known): Learned[] {
  const before = new Map(then.nodes.map((node) => [node.key, node]));
  const after = new Set(now.nodes.map((node) => node.key));
  const learned = now.nodes.flatMap((node) => learnedOfNode(before.get(node.key), node));
  for (const { key } of then.nodes) {
    if (after.has(key)) continue;
    const instances = now.nodes.filter((node) => node.key.startsWith(`${key}[`)).length;
    const text =
      instances > 0 ? `came as ${formatQuantity(instances, "instance")}` : "turned out to be no node";
    learned.push({ kind: "gone", nodeKey: key, at: null, text });
  }
  learned.push(...learnedOfVerdicts(then.diagnosis.verdicts, now.diagnosis.verdicts));
  const { endedAt, outcome } = now.summary;
  if (endedAt !== null && then.summary.endedAt === null) {
    learned.push({
      kind: "run-ended",
      nodeKey: undefined,
      at: endedAt,
      text: `The run ${outcome ?? "ended"}`,
    });
  }
  return learned.sort((a, b) => Date.parse(a.at ?? LAST) - Date.parse(b.at ?? LAST));
}

const LAST = "9999-12-31T23:59:59Z";

const ENDS: Readonly<Record<string, string>> = {
  completed: "completed",
  reused: "was reused",
  failed: "failed",
  aborted: "was aborted",
  skipped: "was skipped",
};

function learnedOfNode(then: NodeResource | undefined, now: NodeResource): Learned[] {
  const learned: Learned[] = [];
  const add = (kind: Learned["kind"], at: string | null, text: string) =>
    learned.push({ kind, nodeKey: now.key, at, text });
  if (!then && now.startedAt === null) add("appeared", null, "was first heard of");
  const tries = now.attempts - (then?.attempts ?? 0);
  if (then && then.attempts > 0 && tries > 0) add("retried", now.startedAt, "was tried again");
  else if (!then?.startedAt && now.startedAt !== null) add("started", now.startedAt, "started");
  const hadEnded = then !== undefined && isSettled(then.status) && tries === 0;
  if (isSettled(now.status) && (!hadEnded || then.status !== now.status))
    add("ended", now.endedAt, ENDS[now.status] ?? now.status);
  return learned;
}

function learnedOfVerdicts(then: readonly VerdictResource[], now: readonly VerdictResource[]): Learned[] {
  const id = (verdict: VerdictResource) => `${verdict.rule}\n${verdict.nodeKey}`;
  const before = new Set(then.map(id));
  const after = new Set(now.map(id));
  return [
    ...now
      .filter((verdict) => !before.has(id(verdict)))
      .map(
        ({ rule, nodeKey, since }): Learned => ({
          kind: "opened",
          nodeKey,
          at: since,
          text: `${rule} opened`,
        }),
      ),
    ...then
      .filter((verdict) => !after.has(id(verdict)))
      .map(({ rule, nodeKey }): Learned => ({ kind: "closed", nodeKey, at: null, text: `${rule} closed` })),
  ];
}
