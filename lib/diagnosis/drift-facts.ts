import type { Instant } from "../base/instant.ts";
import { type Column, columnsOf, datasetKey } from "../projections/attempt-state.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { ClockFacts } from "./clock-facts.ts";
import type { PastAttempt } from "./verdict.ts";

/** An input whose columns are not those that the node's last good attempt read. */
export interface Drift {
  readonly name: string;
  readonly gone: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly { readonly name: string; readonly before: string; readonly now: string }[];
  /** The attempt that it is compared with. */
  readonly past: PastAttempt;
  /** When its columns were told, on our clock. */
  readonly at: Instant;
  readonly eventId: string;
}

/** Compares the columns of each input with those of the newest earlier attempt that completed and told them. */
export function driftFacts(
  attempt: AttemptView | undefined,
  clock: ClockFacts | undefined,
  history: readonly PastAttempt[],
): readonly Drift[] {
  if (!attempt?.state.columns || !clock || attempt.reused) return [];
  const good = history.filter((past) => past.outcome === "completed" && !past.reused);
  const drifts: Drift[] = [];
  for (const told of Object.values(attempt.state.columns)) {
    if (told.value.as !== "input") continue;
    const key = datasetKey(told.value.dataset);
    const now = columnsOf(attempt.state, "input")[key];
    const past = good.find((p) => p.inputColumns[key] !== undefined);
    const before = past?.inputColumns[key];
    if (!past || !before || !now) continue;
    const diff = diffColumns(before, now);
    if (diff.gone.length + diff.added.length + diff.changed.length === 0) continue;
    drifts.push({
      name: told.value.dataset.name,
      ...diff,
      past,
      at: clock.told(told),
      eventId: told.messageId,
    });
  }
  return drifts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function diffColumns(
  before: readonly Column[],
  now: readonly Column[],
): Pick<Drift, "gone" | "added" | "changed"> {
  const was = new Map(before.map((column) => [column.name, column.type]));
  const is = new Map(now.map((column) => [column.name, column.type]));
  return {
    gone: [...was.keys()].filter((name) => !is.has(name)),
    added: [...is.keys()].filter((name) => !was.has(name)),
    // A type that one side does not tell is no other type.
    changed: [...is].flatMap(([name, type]) => {
      const old = was.get(name);
      return old === undefined || type === undefined || old.toLowerCase() === type.toLowerCase()
        ? []
        : [{ name, before: old, now: type }];
    }),
  };
}
