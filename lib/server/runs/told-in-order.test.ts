import { expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { clockReader } from "../../diagnosis/clock-facts.ts";
import { defaultPolicy } from "../../diagnosis/policy.ts";
import type { AttemptView } from "../../projections/run-view.ts";
import { aRun } from "../../testing/a-run.ts";
import { attemptToWire } from "./attempt-to-wire.ts";
import { timelineAttempt } from "./timeline-attempt.ts";

/** The keys of a fold stand in the order in which their events arrived. */
function turned<T extends object>(told: T): T {
  return Object.fromEntries(Object.entries(told).reverse()) as T;
}

it("lists outputs and inputs in the same order, whichever arrived first, and so the same twenty", () => {
  const many = Array.from({ length: 25 }, (_, i) => `part-${24 - i}`);
  const log = aRun("n")
    .starts(0)
    .taskStarts("train", 10, { outputs: ["model", ...many] });
  const { run, context, now } = log.writes("train", "report", 5).writes("train", "model", 100).at(300);
  const told = run.nodes.get("train")?.current;
  const first = told?.state.first;
  if (!told || !first) throw new Error("no attempt");
  const inputs = { b: { namespace: "n", name: "b", first }, a: { namespace: "n", name: "a", first } };
  const attempt: AttemptView = { ...told, state: { ...told.state, inputs } };
  const other: AttemptView = {
    ...told,
    state: { ...told.state, outputs: turned(told.state.outputs), inputs: turned(inputs) },
  };
  const clock = clockReader(run, context, now, defaultPolicy)(attempt);
  const shown = (a: AttemptView) => ({
    panel: attemptToWire(a, [], now as Instant, defaultPolicy, clock, { run, context }),
    timeline: timelineAttempt(a, now as Instant, defaultPolicy),
  });
  const { panel, timeline } = shown(attempt);
  expect(shown(other)).toEqual({ panel, timeline });
  expect(panel.outputs.map(({ name }) => name).slice(0, 4)).toEqual(["report", "model", "part-0", "part-1"]);
  expect(panel.inputs.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(timeline.outputs).toHaveLength(20);
});
