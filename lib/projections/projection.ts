import type { Event } from "../events/event.ts";

/**
 * A fold over events, as a value. `evolve` gives the same state for any order and any repetition of the events:
 * every field is an earliest, a latest, a newest by (occurredAt, messageId), or a union; never "the last that came".
 */
export interface Projection<State> {
  readonly name: string;
  readonly initial: (attemptId: string) => State;
  readonly evolve: (state: State, event: Event) => State;
}

/** Folds events into a state, starting where `from` left off. */
export function project<State>(projection: Projection<State>, from: State, events: readonly Event[]): State {
  return events.reduce(projection.evolve, from);
}
