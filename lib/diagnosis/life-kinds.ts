import type { Instant } from "../base/instant.ts";
import type { AttemptView } from "../projections/run-view.ts";

export type SignKind = "beat" | "progress" | "log" | "output" | "state" | "message";

/** The latest sign of life of one kind. */
export interface Sign {
  readonly kind: SignKind;
  readonly at: Instant;
  /** What it was, where that says more: the state's word, the output's name. */
  readonly what: string | undefined;
  /** The message that told it; undefined where beats did, or a log's times, which are kept without. */
  readonly messageId: string | undefined;
}

interface Told {
  readonly at: Instant;
  readonly messageId: string;
}

/** When an attempt last showed each kind of life that it ever showed. */
export function signsOf({ state, life }: AttemptView): Sign[] {
  const signs: Sign[] = [];
  const add = (
    kind: SignKind,
    told: { at?: Instant | undefined; messageId?: string } | undefined,
    what?: string,
  ) => {
    if (told?.at !== undefined)
      signs.push({ kind, at: told.at, what, messageId: told.messageId || undefined });
  };
  const written = Object.values(state.outputs).flatMap(({ name, written, grew }) => {
    const times = [written, grew].filter((told) => told !== undefined);
    return times.map(({ at, messageId }) => ({ at, messageId, name }));
  });
  const changed = Object.values(state.states ?? {}).map(({ first, last }) => ({
    ...first,
    word: last.value,
  }));
  const output = latest(written);
  const turn = latest(changed);
  add("beat", life.lastBeat);
  add("progress", life.progress && { at: life.progress.at });
  add("log", { at: state.logTimes?.at(-1) });
  add("output", output, output?.name);
  add("state", turn, turn?.word);
  add("message", state.last);
  return signs;
}

function latest<T extends Told>(all: readonly T[]): T | undefined {
  return all.reduce<T | undefined>((best, one) => (best && best.at >= one.at ? best : one), undefined);
}
