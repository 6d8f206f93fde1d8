/**
 * A replay: what real producers sent, when it happened and when we received it, and what is to be said of it.
 *
 * The expectations are written from RULES and from the defects that others had, not from what the engine says. Where one
 * was changed afterwards, its scenario says why.
 */
import type { RunState } from "../lib/diagnosis/verdict.ts";

export type Json = { readonly [key: string]: unknown };

/** Rules that take something for over, dead or never begun: what waits for something named, or goes on, is none of that. */
export const SILENCE_RULES: readonly string[] = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
];

/** A message as it came: raw, and the second at which we received it, on our clock. */
export interface Received {
  readonly json: Json;
  readonly at: number;
}

/** What is expected of the run at one instant. */
export interface Asked {
  /** The second at which the run is asked. What was received later is not known yet. */
  readonly at: number;
  /** One state, or those of which each is honest. */
  readonly state: RunState | readonly RunState[];
  /**
   * Which rule leads at a node, perhaps with its certainty. `nothing` where none may. Of a node that is not named, and
   * of one that only may be held (`?` behind the rule), a verdict that waiting changes nothing is a false alarm.
   */
  readonly holds?: { readonly [nodeKey: string]: Held | readonly Held[] };
  /** Notes that must stand beside a node. */
  readonly notes?: { readonly [nodeKey: string]: readonly string[] };
  /** Rules that must say nothing anywhere in the run. */
  readonly never?: readonly string[];
  /** What the claims must say, or must not. */
  readonly says?: RegExp;
  readonly neverSays?: RegExp;
}

/** `lost-completion`, `lost-completion likely`, `lost-completion?` (allowed, not demanded), or `nothing`. */
type Held = string;

export interface Scenario {
  /** What happens, in a few words; its name in the table. */
  readonly name: string;
  /** The defect class that it comes from, and the part of RULES that speaks of it. */
  readonly origin: string;
  /** The run that is asked: its root's id. */
  readonly run: string;
  readonly log: readonly (Received | readonly Received[])[];
  readonly asked: readonly Asked[];
  /** The rule that must be written before this can be right. A test fails once it is there and this is not gone. */
  readonly pending?: string;
}

/** Whether the scenario must raise nothing: never stuck, never suspect. */
export function isQuiet({ asked }: Scenario): boolean {
  return asked.every(({ state }) => [state].flat().every((one) => one !== "stuck" && one !== "suspect"));
}
