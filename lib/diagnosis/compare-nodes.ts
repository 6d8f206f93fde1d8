/** What one step was made of and did in two runs. */
import type { Instant } from "../base/instant.ts";
import { type AttemptState, columnsOf } from "../projections/attempt-state.ts";
import { type AttemptView, isSettled, type NodeView } from "../projections/run-view.ts";
import { diffOf } from "./compare-past.ts";

/** What differs, in the order of its importance: what people change first, what follows from it last. */
export const DIFFERENCE_KINDS = [
  "code",
  "parameter",
  "input",
  "environment",
  "setting",
  "structure",
  "output",
  "upstream",
  "other",
  "cache",
  "outcome",
  "attempts",
  "duration",
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export interface Difference {
  readonly kind: DifferenceKind;
  readonly nodeKey: string;
  /** Which part of that kind: a parameter's name, a dataset's, … */
  readonly name: string;
  /** Null where there was none, or is none. */
  readonly before: string | null;
  readonly now: string | null;
}

/** One step in one of the runs. */
export interface NodeSide {
  readonly status: NodeView["status"];
  /** How long its latest attempt took, or has been running; null where it has not begun. */
  readonly tookMs: number | null;
  readonly open: boolean;
  readonly cache: string | null;
  readonly attempts: number;
}

/** One step in both runs; null where a run has no such step. */
export interface NodeComparison {
  readonly key: string;
  readonly before: NodeSide | null;
  readonly now: NodeSide | null;
  /** The most important first. */
  readonly differences: readonly Difference[];
}

/** The key under which the run itself is compared. */
export const RUN_ITSELF = "";

/** A duration differs by less than half of it, or by less than ten seconds: that is how machines are. */
const DURATION_FACTOR = 1.5;
const DURATION_FLOOR_MS = 10_000;

export function sideOf(node: NodeView, at: Instant): NodeSide {
  const { current, status, attempts } = node;
  const open = !isSettled(status);
  const end = current?.endedAt ?? (open ? at : undefined);
  return {
    status,
    tookMs:
      current?.startedAt === undefined || end === undefined ? null : Math.max(0, end - current.startedAt),
    open,
    cache: current?.state.cache?.status.value ?? null,
    attempts: attempts.length,
  };
}

type Found = Omit<Difference, "nodeKey">;

/** All that differs between two attempts at a step, save what became of them. */
export function madeOtherwise(before: AttemptView, now: AttemptView): Found[] {
  const found = new Map<string, Found>();
  const put = (kind: DifferenceKind, name: string, was: string | null, is: string | null) => {
    const id = `${kind}\n${name}`;
    if (was !== is && !found.has(id)) found.set(id, { kind, name, before: was, now: is });
  };
  // What was told of one side only is not known to differ.
  const compare = (kind: DifferenceKind, name: string, was: unknown, is: unknown) => {
    if (was !== undefined && is !== undefined) put(kind, name, String(was), String(is));
  };
  for (const { kind, name, before: was, now: is } of componentDiffs(before.state, now.state))
    put(kindOf(kind), name, was, is);
  const [old, fresh] = [before.state.facts, now.state.facts];
  compare("code", "version", old.codeVersion?.value, fresh.codeVersion?.value);
  compare("code", "operator", old.operator?.value, fresh.operator?.value);
  if (old.parameters && fresh.parameters) {
    const [were, are] = [old.parameters.value, fresh.parameters.value];
    for (const key of new Set([...Object.keys(are), ...Object.keys(were)]))
      put("parameter", key, were[key] ?? null, are[key] ?? null);
  }
  compareInputs(before, now, put);
  compare("environment", "engine", old.engine?.value, fresh.engine?.value);
  compare("environment", "producer", old.producer?.value, fresh.producer?.value);
  compare(
    "environment",
    "image",
    before.state.process?.value.containerImage,
    now.state.process?.value.containerImage,
  );
  compare("setting", "timeout", seconds(old.timeoutMs?.value), seconds(fresh.timeoutMs?.value));
  compare("setting", "attempts allowed", old.maxAttempts?.value, fresh.maxAttempts?.value);
  return [...found.values()];
}

/** How many facts were told of both attempts, so that they could have differed. */
export function comparableFacts(before: AttemptView, now: AttemptView): number {
  const [old, fresh] = [before.state, now.state];
  const both = (has: (state: AttemptState) => boolean): number => (has(old) && has(fresh) ? 1 : 0);
  return (
    both((s) => (s.cache?.components?.value.length ?? 0) > 0) +
    both((s) => s.facts.codeVersion !== undefined) +
    both((s) => s.facts.parameters !== undefined) +
    both((s) => Object.keys(s.inputs).length > 0) +
    both((s) => s.facts.engine !== undefined) +
    both((s) => s.process?.value.containerImage !== undefined)
  );
}

function componentDiffs(old: AttemptState, fresh: AttemptState) {
  const [were, are] = [old.cache?.components?.value ?? [], fresh.cache?.components?.value ?? []];
  if (were.length === 0 || are.length === 0) return [];
  const digests = (components: typeof were) =>
    new Map(components.map((c) => [`${c.kind}\n${c.name}`, c.digest]));
  const [oldDigests, freshDigests] = [digests(were), digests(are)];
  return diffOf(were, are).flatMap((diff) => {
    if (!diff.changed) return [];
    // Values that read alike are told apart by their digests.
    const id = `${diff.kind}\n${diff.name}`;
    return diff.before === diff.now
      ? [{ ...diff, before: oldDigests.get(id) ?? null, now: freshDigests.get(id) ?? null }]
      : [diff];
  });
}

function kindOf(kind: string): DifferenceKind {
  return DIFFERENCE_KINDS.find((known) => known === kind) ?? "other";
}

type Put = (kind: DifferenceKind, name: string, was: string | null, is: string | null) => void;

/** Inputs by dataset: which are read, in which version, with which columns. What has not ended may read more yet. */
function compareInputs(before: AttemptView, now: AttemptView, put: Put): void {
  const [old, fresh] = [before.state.inputs, now.state.inputs];
  const told = Object.keys(old).length > 0 && Object.keys(fresh).length > 0;
  const columns = [columnsOf(before.state, "input"), columnsOf(now.state, "input")] as const;
  for (const key of new Set([...Object.keys(fresh), ...Object.keys(old)])) {
    const [was, is] = [old[key], fresh[key]];
    const name = (is ?? was)?.name ?? key;
    if (!was || !is) {
      const isSure = is !== undefined || now.endedAt !== undefined;
      if (told && isSure)
        put(
          "input",
          name,
          was ? (was.version?.value ?? "read") : null,
          is ? (is.version?.value ?? "read") : null,
        );
      continue;
    }
    if (was.version && is.version) put("input", name, was.version.value, is.version.value);
    const [hadColumns, hasColumns] = [columns[0][key], columns[1][key]];
    if (hadColumns && hasColumns)
      put("input", `${name}, its columns`, hadColumns.join(", "), hasColumns.join(", "));
  }
}

function seconds(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${Math.round(ms / 1000)}s`;
}

/** What became of a step otherwise than before. Of what has not ended only what is already certain. */
export function endedOtherwise(before: NodeSide, now: NodeSide): Found[] {
  const found: Found[] = [];
  if (before.cache !== null && now.cache !== null && before.cache !== now.cache)
    found.push({ kind: "cache", name: "decision", before: before.cache, now: now.cache });
  const ran = (status: NodeSide["status"]) => (status === "reused" ? "completed" : status);
  if (!now.open && !before.open && ran(before.status) !== ran(now.status))
    found.push({ kind: "outcome", name: "end", before: before.status, now: now.status });
  if (before.attempts > 0 && now.attempts > 0 && before.attempts !== now.attempts)
    found.push({
      kind: "attempts",
      name: "attempts",
      before: String(before.attempts),
      now: String(now.attempts),
    });
  if (isOtherDuration(before, now))
    found.push({ kind: "duration", name: "took", before: String(before.tookMs), now: String(now.tookMs) });
  return found;
}

function isOtherDuration(before: NodeSide, now: NodeSide): boolean {
  if (before.tookMs === null || now.tookMs === null || before.open) return false;
  if (before.status === "reused" || now.status === "reused") return false;
  const [less, more] = [Math.min(before.tookMs, now.tookMs), Math.max(before.tookMs, now.tookMs)];
  if (now.open && now.tookMs < before.tookMs) return false;
  return more - less >= DURATION_FLOOR_MS && more >= less * DURATION_FACTOR;
}
