import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { instant } from "../lib/base/instant.ts";
import { foldMessages } from "../lib/testing/fold-messages.ts";
import { accepted } from "../lib/testing/open-log.ts";
import { scenarios } from "./marquez-scenarios.ts";
import { type Answer, faults } from "./marquez-states.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const STATES: Readonly<Record<string, Answer["state"]>> = {
  completed: "COMPLETED",
  failed: "FAILED",
  running: "open",
};

test.each(scenarios(NOW, randomUUID))(
  "$name: what is called the truth is what the messages say",
  ({ messages, truth }) => {
    const read = accepted(messages.map((json) => ({ json, receivedAt: instant(NOW) })));
    const { runs } = foldMessages(read);
    const attempts = [...runs.values()].flatMap((run) =>
      [run.root, ...run.nodes.values()].flatMap((node) => node.attempts),
    );
    const found = truth.map(({ runId }) => {
      const attempt = attempts.find(({ id }) => id === runId);
      return {
        runId,
        state: STATES[attempt?.status ?? ""],
        startedAt: attempt?.startedAt,
        endedAt: attempt?.endedAt ?? null,
      };
    });
    expect(found).toEqual(truth);
  },
);

test("an answer is held against the truth: state, start, end, and whether it says that it is stuck", () => {
  const truth = { runId: "a", state: "open", startedAt: 1, endedAt: null } as const;
  const answer = { ...truth, words: "", stuck: true };
  expect(faults(truth, answer, true)).toEqual([]);
  expect(faults(truth, { ...answer, stuck: false }, false)).toEqual([]);
  expect(faults(truth, { ...answer, stuck: false }, true)).toEqual(["does not say that it will not end"]);
  expect(faults(truth, { ...answer, state: "COMPLETED", startedAt: 2, endedAt: 3 }, true)).toEqual([
    "in truth open",
    "wrong start",
    "wrong end",
  ]);
});
