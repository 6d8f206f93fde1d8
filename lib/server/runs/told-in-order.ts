import { byNumberWithin } from "../../base/compare.ts";
import type { AttemptState, InputState, OutputState } from "../../projections/attempt-state.ts";

/** An attempt's outputs: what was told of first stands first, by its producer's clock, and whatever arrived first. */
export function outputsInOrder({ outputs }: AttemptState): OutputState[] {
  return sorted(outputs, ({ declared, firstWritten, grew, uri }) =>
    Math.min(...[declared, firstWritten, grew, uri].map((told) => told?.at ?? Number.POSITIVE_INFINITY)),
  );
}

/** Its inputs, likewise. */
export function inputsInOrder({ inputs }: AttemptState): InputState[] {
  return sorted(inputs, ({ first }) => first.at);
}

/** What could not be read of its messages, by its place in them. */
export function notesInOrder({ notes }: AttemptState): [string, AttemptState["notes"][string]][] {
  return Object.entries(notes).sort(([a, one], [b, other]) => one.at - other.at || byNumberWithin(a, b));
}

function sorted<T>(told: Readonly<Record<string, T>>, firstTold: (one: T) => number): T[] {
  return Object.entries(told)
    .sort(([a, one], [b, other]) => compared(firstTold(one), firstTold(other)) || byNumberWithin(a, b))
    .map(([, one]) => one);
}

/** Times that are not known are equal. */
function compared(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
