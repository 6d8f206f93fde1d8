/** Airflow: skips that nobody tells of, trigger rules that the plan leaves out, tries, and tasks that never start. */
import { hours, minutes } from "../message.ts";
import { airflow, type Task } from "../producers/airflow.ts";
import type { Received, Scenario } from "../scenario.ts";

const alarms = ["never-started", "lost-completion", "silent-heartbeat", "unclosed-parent", "failed-upstream"];

function branchSkips(): Scenario {
  const a = airflow("branching", {
    choose: { operator: "BranchPythonOperator", down: ["full", "delta"] },
    full: { down: ["join"] },
    delta: { down: ["join"] },
    join: { rule: "none_failed_min_one_success" },
  });
  return {
    name: "a branch skips one side, of which nothing is ever sent",
    origin: "Skips by the scheduler send no event (Airflow): the skipped side is not late",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.runs("choose", 5, 10),
      a.runs("full", 15, hours(2)),
      a.runs("join", hours(2) + 5, hours(2) + 60),
      a.dagEnds(hours(2) + 70, "success", { delta: "skipped" }),
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(1.9), state: "progressing", never: alarms },
      { at: hours(2) + 30, state: "progressing", never: alarms },
      { at: hours(3), state: "finished", never: alarms },
    ],
  };
}

function silentSkip(): Scenario {
  const a = airflow("raising-skip", {
    check: { down: ["notify"] },
    notify: {},
    crunch: {},
  });
  return {
    name: "a task skips by an exception, the one behind it is never heard of",
    origin: "AirflowSkipException sends COMPLETE, its downstream is skipped without an event",
    run: a.run,
    log: [a.dagStarts(0), a.runs("check", 5, 10), a.runs("crunch", 6, hours(2)), a.dagEnds(hours(2) + 5)],
    asked: [
      { at: minutes(9), state: "progressing", never: alarms },
      // Whether it was skipped or lost cannot be told while the DAG works: a doubt may be said, a certainty may not.
      { at: hours(1), state: ["progressing", "suspect"], holds: { notify: ["never-started possible?"] } },
      { at: hours(3), state: "finished", never: alarms },
    ],
  };
}

function allDone(): Scenario {
  const a = airflow("cleaning", {
    load: { down: ["cleanup"] },
    cleanup: { rule: "all_done", down: [] },
  });
  return {
    name: "all_done runs behind a failed task",
    origin: "Trigger rules: a failure upstream is not always a block",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("load", 5),
      a.fails("load", 100, { error: "ValueError: bad row" }),
      a.runs("cleanup", 110, hours(1)),
      a.dagEnds(hours(1) + 5, "failed", { load: "failed" }),
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(2), state: "finished", never: alarms },
    ],
  };
}

function oneSuccess(): Scenario {
  const a = airflow("racing", {
    mirror_a: { down: ["use"] },
    mirror_b: { down: ["use"] },
    use: { rule: "one_success" },
  });
  return {
    name: "one_success runs though one of two failed",
    origin: "Trigger rules: a failure upstream is not always a block",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("mirror_a", 5),
      a.fails("mirror_a", 20),
      a.runs("mirror_b", 5, 60),
      a.runs("use", 70, hours(1)),
      a.dagEnds(hours(1) + 5, "success", { mirror_a: "failed" }),
    ],
    asked: [
      { at: 65, state: "progressing", never: alarms },
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(2), state: "finished", never: alarms },
    ],
  };
}

function setupTeardown(): Scenario {
  const a = airflow("cluster", {
    create: { setup: true, down: ["work", "destroy"] },
    work: { down: ["destroy"] },
    destroy: { teardown: true },
  });
  return {
    name: "the work fails, the teardown is queued, then runs",
    origin: "Teardowns run whatever the work came to; the plan names them and tells no trigger rule",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.runs("create", 5, 60),
      a.starts("work", 65),
      a.fails("work", 300),
      a.runs("destroy", 300 + minutes(4), 300 + minutes(30)),
      a.dagEnds(300 + minutes(31), "failed", { work: "failed" }),
    ],
    asked: [
      { at: 300 + minutes(3), state: ["progressing", "waiting"], never: alarms },
      { at: 300 + minutes(20), state: "progressing", never: alarms },
      { at: hours(1), state: "finished", never: alarms },
    ],
  };
}

function failedAndOpen(): Scenario {
  const a = airflow("left-open", {
    extract: { down: ["load"] },
    load: { down: ["report"] },
    report: {},
  });
  return {
    name: "a task failed for good, the DAG's FAIL is lost",
    origin: "Step failed, run STARTED for 23 h (Dagster); deadlocked runs rot in silence (Airflow)",
    run: a.run,
    log: [a.dagStarts(0), a.runs("extract", 5, 60), a.starts("load", 65), a.fails("load", 100)],
    asked: [
      { at: 130, state: ["progressing", "waiting"], never: alarms },
      { at: hours(1), state: "stuck", holds: { report: "failed-upstream" } },
    ],
  };
}

function failThenTry(): Scenario {
  const a = airflow("retrying", { load: { retries: 2, down: ["report"] }, report: {} });
  return {
    name: "a try fails, the next starts after five minutes",
    origin: "Each try is a run of its own id; what failed is superseded",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("load", 5),
      a.fails("load", 60, { error: "ConnectionResetError" }),
      a.starts("load", 60 + minutes(5), { try: 2 }),
      a.completes("load", 60 + minutes(40), { try: 2 }),
      a.runs("report", 60 + minutes(41), 60 + minutes(42)),
      a.dagEnds(60 + minutes(43)),
    ],
    asked: [
      { at: 60 + minutes(3), state: "waiting", holds: { load: "waiting-retry" }, never: alarms },
      { at: 60 + minutes(30), state: "progressing", never: alarms },
      { at: 60 + minutes(50), state: "finished", never: alarms },
    ],
  };
}

function neverStartedTask(): Scenario {
  const a = airflow("forgotten", { extract: { down: ["load"] }, load: {} });
  return {
    name: "a task that is due never starts, and all else has ended",
    origin: "'Why is my task not scheduled?' (Airflow, since 2016): stuck queued, paused DAG, no slot",
    run: a.run,
    log: [a.dagStarts(0), a.runs("extract", 5, 60)],
    asked: [
      { at: 60 + minutes(5), state: ["progressing", "waiting"], never: alarms },
      // Written as stuck; but RULES measure by the learned delay, and a first run has none: then it is only possible.
      { at: hours(1), state: "suspect", holds: { load: "never-started possible" } },
    ],
  };
}

function before(
  dag: string,
  tasks: { [id: string]: Task },
  days: readonly number[],
  log: (a: ReturnType<typeof airflow>, at: number) => Received[],
) {
  return days.flatMap((day) => log(airflow(dag, tasks, { run: `scheduled__${day}` }), -day * 86_400));
}

function neverStartedKnown(): Scenario {
  const tasks = { extract: { down: ["load"] }, load: {} };
  const a = airflow("forgotten-daily", tasks);
  return {
    name: "a task that always starts in seconds does not",
    origin: "RULES never-started: longer than its learned delay",
    run: a.run,
    log: [
      before("forgotten-daily", tasks, [1, 2, 3, 4, 5, 6], (b, at) => [
        b.dagStarts(at),
        ...b.runs("extract", at + 5, at + 60),
        ...b.runs("load", at + 68, at + 300),
        b.dagEnds(at + 305),
      ]),
      a.dagStarts(0),
      a.runs("extract", 5, 60),
    ],
    asked: [
      { at: 90, state: ["progressing", "waiting"], never: alarms },
      { at: minutes(20), state: "stuck", holds: { load: "never-started likely" } },
    ],
  };
}

function silentSkipKnown(): Scenario {
  const tasks = { check: { down: ["notify"] }, notify: {}, crunch: {} };
  const a = airflow("skipping-daily", tasks);
  return {
    name: "a task skips by an exception, as it did on no day before",
    origin: "AirflowSkipException sends COMPLETE, its downstream is skipped without an event",
    run: a.run,
    log: [
      before("skipping-daily", tasks, [1, 2, 3, 4, 5, 6], (b, at) => [
        b.dagStarts(at),
        ...b.runs("check", at + 5, at + 10),
        ...b.runs("notify", at + 14, at + 20),
        ...b.runs("crunch", at + 6, at + hours(2)),
        b.dagEnds(at + hours(2) + 5),
      ]),
      a.dagStarts(0),
      a.runs("check", 5, 10),
      a.runs("crunch", 6, hours(2)),
      a.dagEnds(hours(2) + 5, "success", { notify: "skipped" }),
    ],
    asked: [
      { at: hours(1), state: ["progressing", "suspect"], holds: { notify: "never-started possible?" } },
      { at: hours(3), state: "finished", never: alarms },
    ],
  };
}

function allDoneQueued(): Scenario {
  const a = airflow("cleaning-late", { load: { down: ["cleanup"] }, cleanup: { rule: "all_done" } });
  return {
    name: "all_done is queued for four minutes behind a failed task",
    origin: "The plan that Airflow sends tells no trigger rule: what may follow a failure is not known",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("load", 5),
      a.fails("load", 100, { error: "ValueError: bad row" }),
      a.runs("cleanup", 340, 600),
      a.dagEnds(610, "failed", { load: "failed" }),
    ],
    asked: [
      { at: 220, state: ["progressing", "waiting"], never: alarms },
      { at: 330, state: ["progressing", "waiting"], never: alarms },
      { at: 400, state: "progressing", never: alarms },
      { at: 700, state: "finished", never: alarms },
    ],
  };
}

function oneBranchFailed(): Scenario {
  const a = airflow("half-failed", { bad: { down: ["after"] }, after: {}, long: {} });
  return {
    name: "one branch failed for good, the other works for three hours",
    origin: "A run cannot be closed while a part of it works: failed is not stuck (Metaflow: 30 tasks alive)",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("bad", 5),
      a.fails("bad", 60),
      a.runs("long", 6, hours(3)),
      a.dagEnds(hours(3) + 4, "failed"),
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(2.9), state: "progressing", never: alarms },
      { at: hours(4), state: "finished", never: alarms },
    ],
  };
}

export const airflowRules: readonly Scenario[] = [
  branchSkips(),
  silentSkip(),
  allDone(),
  oneSuccess(),
  setupTeardown(),
  failedAndOpen(),
  failThenTry(),
  neverStartedTask(),
  neverStartedKnown(),
  silentSkipKnown(),
  allDoneQueued(),
  oneBranchFailed(),
];
