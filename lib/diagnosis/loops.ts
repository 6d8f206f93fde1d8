import type { Instant } from "../base/instant.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { FailedCheck } from "./checked.ts";

/** One execution of a node. */
export interface Turn {
  readonly attempt: AttemptView;
  readonly startedAt: Instant;
  /** Any assertion was checked of it, however it came out. */
  readonly checked: boolean;
  /** By the id of the assertion. */
  readonly failed: ReadonlyMap<string, FailedCheck>;
  /** The columns of what it wrote, as one text, by dataset. */
  readonly columns: ReadonlyMap<string, string>;
}

/** A node that is executed again and again without getting on. The oldest turn first. */
export type Loop =
  | { readonly kind: "failure"; readonly failures: readonly { turn: Turn; check: FailedCheck }[] }
  | { readonly kind: "columns"; readonly dataset: string; readonly turns: readonly Turn[] };

/** The longest streak of turns up to the newest that all failed the same assertion; the newest may not have checked yet. */
export function failureStreak(turns: readonly Turn[], least: number): Loop | undefined {
  const told = settled(turns);
  let best: { turn: Turn; check: FailedCheck }[] = [];
  for (const id of [...(told.at(-1)?.failed.keys() ?? [])].sort()) {
    const streak: { turn: Turn; check: FailedCheck }[] = [];
    for (const turn of [...told].reverse()) {
      const check = turn.failed.get(id);
      if (!check) break;
      streak.unshift({ turn, check });
    }
    if (streak.length > best.length) best = streak;
  }
  return best.length >= least ? { kind: "failure", failures: best } : undefined;
}

/** Turns up to the newest that write one set of columns and another by turns: what one mends the next undoes. */
export function alternation(turns: readonly Turn[], least: number): Loop | undefined {
  const newest = turns.findLast((turn) => turn.columns.size > 0);
  for (const dataset of [...(newest?.columns.keys() ?? [])].sort()) {
    const told = turns.filter((turn) => turn.columns.has(dataset));
    const of = (i: number): string | undefined => told[i]?.columns.get(dataset);
    let from = told.length - 1;
    while (
      from > 0 &&
      of(from - 1) !== of(from) &&
      (from + 1 >= told.length || of(from - 1) === of(from + 1))
    )
      from--;
    if (told.length - from >= least) return { kind: "columns", dataset, turns: told.slice(from) };
  }
  return undefined;
}

/** The turn that runs now has yet to be checked: until it is, it speaks neither for nor against a loop. */
function settled(turns: readonly Turn[]): readonly Turn[] {
  const last = turns.at(-1);
  return last && last.attempt.endedAt === undefined && !last.checked ? turns.slice(0, -1) : turns;
}
