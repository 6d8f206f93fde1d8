import type { AttemptView, NodeView, RunView } from "../projections/run-view.ts";
import type { Policy } from "./policy.ts";

/** What the record of an attempt may have; each is told by a message of its own or a part of one. */
export const RECORD_PARTS = ["start", "host", "log"] as const;
export type RecordPart = (typeof RECORD_PARTS)[number];

/** How many ended attempts of a source there are in the run, and how many of them told each part. */
export interface RecordCount {
  readonly ended: number;
  readonly told: Readonly<Record<RecordPart, number>>;
}

/** What the record of a node lacks that the others of its source have. */
export interface RecordFacts {
  /** Parts of the latest attempt that are missing, though nearly all others of its source tell them. */
  readonly missing: readonly RecordPart[];
  /** Numbers of earlier attempts of which no end was ever told. */
  readonly endless: readonly number[];
  /** Ended attempts of its source in this run other than its latest, and how many of them told each part. */
  readonly others: RecordCount;
}

/** Whether an attempt's record has a part. */
function has({ state }: AttemptView, part: RecordPart): boolean {
  switch (part) {
    case "start":
      return state.started !== undefined;
    case "host":
      return state.process?.value.host !== undefined;
    case "log":
      return (
        state.facts.logUrl !== undefined ||
        state.process?.value.logUrl !== undefined ||
        state.process?.value.logTail !== undefined
      );
  }
}

/**
 * Reused work ran nowhere, what only others spoke of has no record of its own, and what was given up or failed before
 * it started had no process to tell of.
 */
function keepsRecord({ seen, reused, status, state, endedAt }: AttemptView): boolean {
  return seen && !reused && endedAt !== undefined && (status === "completed" || state.started !== undefined);
}

/** What kind of record a node's source keeps for such: that of a run or a group differs from that of a step. */
function kindOf({ current, children }: NodeView): string {
  const { source, facts } = current?.state ?? { facts: {} };
  const place = current?.parentId === undefined ? "root" : children.length > 0 ? "group" : "step";
  return `${source ?? ""}\n${place}\n${facts.jobKind?.value ?? ""}`;
}

/** Counts what the ended attempts of a run told: one pass over all nodes. */
export function countRecords(run: RunView): ReadonlyMap<string, RecordCount> {
  const counts = new Map<string, { ended: number; told: Record<RecordPart, number> }>();
  const take = (node: NodeView): void => {
    const { current } = node;
    if (!current || !keepsRecord(current)) return;
    const kind = kindOf(node);
    const count = counts.get(kind) ?? { ended: 0, told: { start: 0, host: 0, log: 0 } };
    counts.set(kind, count);
    count.ended += 1;
    for (const part of RECORD_PARTS) if (has(current, part)) count.told[part] += 1;
  };
  if (run.nodes.get(run.root.key) !== run.root) take(run.root);
  for (const node of run.nodes.values()) take(node);
  return counts;
}

/** Reads what a node's record lacks. */
export function recordFacts(
  node: NodeView,
  counts: ReadonlyMap<string, RecordCount>,
  policy: Policy,
): RecordFacts {
  const { current } = node;
  const others = othersThan(node, counts);
  const enough = others.ended >= policy.recordPeers;
  return {
    missing:
      enough && current && keepsRecord(current)
        ? RECORD_PARTS.filter(
            (part) => !has(current, part) && others.told[part] >= policy.recordShare * others.ended,
          )
        : [],
    endless:
      current?.endedAt === undefined
        ? []
        : node.attempts
            .filter((a) => a !== current && a.seen && a.endedAt === undefined)
            .map((a) => a.number),
    others,
  };
}

function othersThan(node: NodeView, counts: ReadonlyMap<string, RecordCount>): RecordCount {
  const attempt = node.current;
  const all = attempt && counts.get(kindOf(node));
  if (!attempt || !all) return { ended: 0, told: { start: 0, host: 0, log: 0 } };
  if (!keepsRecord(attempt)) return all;
  const own = (part: RecordPart): number => (has(attempt, part) ? 1 : 0);
  return {
    ended: all.ended - 1,
    told: {
      start: all.told.start - own("start"),
      host: all.told.host - own("host"),
      log: all.told.log - own("log"),
    },
  };
}
