import { describe, expect, it } from "vitest";
import type { Instant } from "../base/instant.ts";
import { aRun, type RunLog } from "../testing/a-run.ts";
import { foldEvents } from "../testing/fold-events.ts";
import { assembleRun } from "./assemble-run.ts";
import { viewAttempt } from "./attempt-view.ts";
import { type AttemptGist, cellsOf } from "./run-cells.ts";

/** As the store gives it: what the columns hold, and a few of the facts. */
function gistsOf(log: RunLog): AttemptGist[] {
  return foldEvents(log.id(), log.events()).map((stored) => {
    const view = viewAttempt(stored, { nodeKey: "", number: 1, superseded: false });
    const { startedAt, endedAt, reused, state } = view;
    return {
      id: state.id,
      status: view.status === "superseded" ? "waiting" : view.status,
      reused,
      facts: state.facts,
      ...(startedAt !== undefined && { startedAt }),
      ...(endedAt !== undefined && { endedAt }),
      ...(state.steps && { steps: state.steps }),
      hasPlan: state.plan !== undefined,
    };
  });
}

function cells(log: RunLog, ended: boolean) {
  return cellsOf(log.id(), gistsOf(log), ended);
}

/** Retries, instances, a group, a reused step, one that was skipped without a word, one that the end found open. */
const rich = aRun("nightly")
  .starts(0)
  .taskStarts("ingest", 1)
  .cache("ingest", "HIT", 2)
  .completes("ingest", 3)
  .taskStarts("train[0]", 10)
  .completes("train[0]", 20)
  .taskStarts("train[1]", 10, { number: 1 })
  .fails("train[1]", 15)
  .taskStarts("train[1]", 16, { number: 2 })
  .completes("train[1]", 40)
  .taskStarts("group", 41)
  .taskStarts("group/inner", 42)
  .fails("group/inner", 50)
  .completes("group", 51)
  .taskStarts("left", 52)
  .settles({ ingest: "success", gone: "skipped", empty: "success", left: null }, 60)
  .ends(60);

describe("the cells of a run", () => {
  it("stand as its nodes do", () => {
    const run = assembleRun(rich.id(), foldEvents(rich.id(), rich.events()));
    const expected = [...run.nodes.values()].map(({ key, label, status, attempts }) => ({
      key,
      label,
      status,
      attempts: attempts.length,
    }));
    const given = cells(rich, true).map(({ key, label, status, attempts }) => ({
      key,
      label,
      status,
      attempts,
    }));
    // A step without a plan is no node of the run, though its orchestrator told how it ended.
    expect(given.filter((c) => c.attempts > 0)).toEqual(expected);
    expect(given.filter((c) => c.attempts === 0).map((c) => `${c.key} ${c.status}`)).toEqual([
      "empty completed",
      "gone skipped",
    ]);
  });

  it("tell how long the latest attempt took, and where it belongs", () => {
    const of = (key: string) => cells(rich, true).find((cell) => cell.key === key);
    expect(of("train[1]")).toMatchObject({ tookMs: 24_000, instanceOf: "train", attempts: 2 });
    expect(of("group/inner")).toMatchObject({ parentKey: "group", tookMs: 8_000 });
    expect(of("left")?.tookMs).toBeUndefined();
  });

  it("are open while the run is, and are not when it has ended", () => {
    const open = aRun("nightly").starts(0).taskStarts("train", 10);
    expect(cells(open, false).map((c) => c.status)).toEqual(["running"]);
    expect(cells(open, true).map((c) => c.status)).toEqual(["aborted"]);
  });

  it("of a lone job are the job itself", () => {
    const lone = aRun("lone").starts(0).ends(5);
    expect(cells(lone, true)).toMatchObject([
      { key: "lone", status: "completed", tookMs: 5_000, alone: true },
    ]);
  });

  it("of a run that has told its plan and begun nothing are none", () => {
    expect(cells(aRun("nightly").starts(0).plan("a -> b"), false)).toEqual([]);
  });

  it("are called what the plan calls their jobs", () => {
    const moment = { at: 0 as Instant, receivedAt: 0 as Instant, messageId: "m" };
    const job = { namespace: "n", name: "extract" };
    const parent = { attemptId: "r", job: { namespace: "n", name: "dag" } };
    const of = (id: string, facts: AttemptGist["facts"]) => ({
      id,
      status: "running" as const,
      reused: false,
      facts,
    });
    const gists: AttemptGist[] = [
      {
        ...of("r", { job: { ...moment, value: parent.job } }),
        hasPlan: true,
        plannedJobs: [{ key: "first", job, expectsEvents: true }],
      },
      of("a", { job: { ...moment, value: job }, parent: { ...moment, value: parent } }),
    ];
    expect(cellsOf("r", gists, false).map((cell) => cell.key)).toEqual(["first"]);
  });

  it("are none where the root is not among the attempts", () => {
    expect(cellsOf("elsewhere", gistsOf(rich), true)).toEqual([]);
  });
});
