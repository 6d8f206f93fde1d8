/** Comparing an attempt with what its node did before. */
import { formatDuration } from "../base/format.ts";
import type { CacheState, OutputState } from "../projections/attempt-state.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { PastAttempt } from "./verdict.ts";

/** One part of a cache key, before and now. */
export interface ComponentDiff {
  readonly name: string;
  readonly kind: string;
  readonly before: string | null;
  readonly now: string | null;
  readonly changed: boolean;
}

interface Component {
  readonly name: string;
  readonly kind: string;
  readonly digest: string;
  readonly value?: string | undefined;
}

/** The key of a node beside that of the earlier execution that differs in the fewest components; of equals the first given (the newest). */
export function compareWithPast(
  now: readonly Component[] | undefined,
  history: readonly PastAttempt[],
): { baseline: PastAttempt | undefined; diff: readonly ComponentDiff[] } {
  let best: { baseline: PastAttempt; diff: ComponentDiff[]; changed: number } | undefined;
  for (const past of now && now.length > 0 ? history : []) {
    // What failed left nothing to reuse.
    if (past.cacheComponents.length === 0 || past.outcome !== "completed") continue;
    const diff = diffOf(past.cacheComponents, now ?? []);
    const changed = diff.filter((d) => d.changed).length;
    if (best === undefined || changed < best.changed) best = { baseline: past, diff, changed };
  }
  return { baseline: best?.baseline, diff: best?.diff ?? [] };
}

/** What ended before the cache was asked: only that could have been found there. Times of one source are compared. */
export function earlierThan(
  cache: CacheState | undefined,
  history: readonly PastAttempt[],
): readonly PastAttempt[] {
  return cache ? history.filter((past) => past.endedAt <= cache.status.at) : history;
}

/** The components of two keys side by side, those of now first. */
export function diffOf(before: readonly Component[], now: readonly Component[]): ComponentDiff[] {
  const id = (c: Component): string => `${c.kind}\n${c.name}`;
  const old = new Map(before.map((c) => [id(c), c]));
  const fresh = new Map(now.map((c) => [id(c), c]));
  return [...new Set([...fresh.keys(), ...old.keys()])].map((key) => {
    const [was, is] = [old.get(key), fresh.get(key)];
    const any = is ?? was;
    return {
      name: any?.name ?? key,
      kind: any?.kind ?? "other",
      before: was ? (was.value ?? was.digest) : null,
      now: is ? (is.value ?? is.digest) : null,
      changed: was?.digest !== is?.digest,
    };
  });
}

/** Why an output that is there is not this attempt's work (guard 5); null where it is, or nothing is there. */
export function foreignBecause(
  output: OutputState,
  attempt: AttemptView,
  /** ms to add to the source's times to have ours. */
  offsetMs: number,
  toleranceMs: number,
): string | null {
  const written = output.written?.value;
  // A reused node's outputs are the original's: that is what reuse means (guard 8).
  if (!written || attempt.reused) return null;
  const { writtenBy, modifiedAt } = written;
  if (writtenBy !== undefined && writtenBy !== attempt.id) return `was written by attempt \`${writtenBy}\``;
  if (modifiedAt === undefined || attempt.startedAt === undefined) return null;
  // A file's time may come from the producer's clock or from the store's; it is older only if it is so by both.
  const older = Math.min(attempt.startedAt - modifiedAt, attempt.startedAt + offsetMs - modifiedAt);
  return older >= toleranceMs
    ? `was last modified ${formatDuration(older)} before the attempt started`
    : null;
}
