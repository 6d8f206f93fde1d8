import type { Certainty } from "./verdict.ts";

/**
 * What a verdict's certainty means, by the evidence that it rests on. A witness is a source, a store, the compute layer
 * or a process; what two of them show independently counts twice, what one of them says twice counts once.
 */
export const CERTAINTIES: readonly { readonly certainty: Certainty; readonly means: string }[] = [
  {
    certainty: "proven",
    means:
      "It says no more than what was told, or two witnesses that do not depend on each other show it. Nothing that was promised is missing.",
  },
  {
    certainty: "likely",
    means:
      "One witness shows it and nothing speaks against it. What would settle it was not promised by this source. A second witness makes it proven.",
  },
  {
    certainty: "possible",
    means:
      "It follows from what was not heard, or a part of the evidence is missing: another reading is as good. What is missing is listed; it makes it likely.",
  },
];
