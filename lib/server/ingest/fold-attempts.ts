import type { Event } from "../../events/event.ts";
import { type AttemptState, attemptProjection } from "../../projections/attempt-state.ts";
import { type BeatSum, withBeats } from "../../projections/beat-sum.ts";
import { type LifeSigns, lifeProjection } from "../../projections/life-signs.ts";
import type { BeatingAttempt, KnownAttempt } from "./read-attempts.ts";

/** What events and beats make of the attempts that they speak of. */
export interface Folded {
  readonly states: readonly AttemptState[];
  /** The life lines that changed. */
  readonly lives: readonly LifeSigns[];
}

/** Events by the attempt that they speak of. */
export function byAttempt(events: readonly Event[]): Map<string, Event[]> {
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const list = groups.get(event.attemptId);
    if (list) list.push(event);
    else groups.set(event.attemptId, [event]);
  }
  return groups;
}

/**
 * Folds events into the attempts that they speak of, and the sums of beats of the same attempts. Onto `stored` new
 * events are folded; from the `beginning` all events of an attempt are, which must then all be given.
 */
export function foldAttempts(
  groups: ReadonlyMap<string, readonly Event[]>,
  sums: ReadonlyMap<string, BeatSum>,
  known: ReadonlyMap<string, KnownAttempt>,
  onto: "stored" | "beginning",
): Folded {
  const states: AttemptState[] = [];
  const lives: LifeSigns[] = [];
  for (const [id, own] of groups) {
    const row = known.get(id);
    const from = (onto === "stored" && row?.state) || attemptProjection.initial(id);
    states.push(own.reduce(attemptProjection.evolve, from));
    const sum = sums.get(id);
    if (!sum && !own.some((e) => e.type === "attempt.beat" || e.type === "beat.promised")) continue;
    const life = own.reduce(lifeProjection.evolve, row?.life ?? lifeProjection.initial(id));
    lives.push(sum ? withBeats(life, sum) : life);
  }
  return { states, lives };
}

/** An attempt of which nothing was told but that it goes on: only its life line changes. */
export interface Alive {
  readonly life: LifeSigns;
  readonly lifeId: string;
  readonly run: string;
}

/**
 * The attempts that beat before and beat again, later than the first time: their state, of which the beginning is a
 * part, stays as it is, and need not be read.
 */
export function goOn(
  sums: ReadonlyMap<string, BeatSum>,
  beating: ReadonlyMap<string, BeatingAttempt>,
): Map<string, Alive> {
  const alive = new Map<string, Alive>();
  for (const { id, life, life_id, run_id } of beating.values()) {
    const sum = sums.get(id);
    if (!sum || !life?.firstBeat || sum.signs.firstBeat.at < life.firstBeat.at) continue;
    alive.set(id, { life: withBeats(life, sum), lifeId: life_id, run: run_id });
  }
  return alive;
}

/**
 * Attempts that were only named, as a parent or a root, with the least root that their children name for them: so a
 * run is whole even where the events in between were lost.
 */
export function mentioned(events: readonly Event[]): Map<string, string | null> {
  const hints = new Map<string, string | null>();
  for (const event of events) {
    if (event.type !== "attempt.observed") continue;
    const parent = event.parent?.attemptId;
    const root = event.root?.attemptId;
    const up = parent ?? root;
    if (up === undefined) continue;
    if (!hints.has(up)) hints.set(up, null);
    if (root === undefined) continue;
    if (!hints.has(root)) hints.set(root, null);
    for (const id of [event.attemptId, up]) {
      if (id === root) continue;
      const known = hints.get(id);
      if (known === undefined || known === null || root < known) hints.set(id, root);
    }
  }
  return hints;
}
