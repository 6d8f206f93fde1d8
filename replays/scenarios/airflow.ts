/** Airflow: never a beat, silent skips, tasks that never send, and senders killed after ten seconds. */
import { below, hours, minutes } from "../message.ts";
import { airflow } from "../producers/airflow.ts";
import type { Scenario } from "../scenario.ts";

const alarms = ["never-started", "lost-completion", "silent-heartbeat", "unclosed-parent", "failed-upstream"];

function deferred(): Scenario {
  const a = airflow("deferring", {
    wait: { operator: "DateTimeSensorAsync", down: ["load"] },
    load: {},
  });
  return {
    name: "a deferred sensor starts twice under one id",
    origin: "Deferrable operators send START again when they resume; the spec's one START does not hold",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("wait", 3),
      a.starts("wait", hours(3)),
      a.completes("wait", hours(3) + 2),
      a.runs("load", hours(3) + 8, hours(3) + 60),
      a.dagEnds(hours(3) + 62),
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(2), state: "progressing", never: alarms },
      { at: hours(3) + 1, state: "progressing", never: alarms },
      { at: hours(3) + 30, state: "progressing", never: alarms },
      { at: hours(4), state: "finished", never: [...alarms, "conflicting-end"] },
    ],
  };
}

function rescheduled(): Scenario {
  const a = airflow("poking", { wait: { operator: "S3KeySensor", down: ["load"] }, load: {} });
  return {
    name: "a rescheduled sensor starts once and is quiet for five hours",
    origin: "mode=reschedule: START only the first time, then nothing between pokes; guard 2",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("wait", 3),
      a.completes("wait", hours(5)),
      a.starts("load", hours(5) + 20),
    ],
    asked: [
      { at: minutes(20), state: "progressing", never: alarms },
      { at: hours(4.9), state: "progressing", never: alarms },
      { at: hours(5) + 60, state: "progressing", never: alarms },
    ],
  };
}

function neverEmit(): Scenario {
  const a = airflow("empties", {
    begin: { operator: "EmptyOperator", emits: false, down: ["extract"] },
    extract: { down: ["join"] },
    join: { operator: "EmptyOperator", emits: false, down: ["load"] },
    load: { down: ["end"] },
    end: { operator: "EmptyOperator", emits: false },
  });
  return {
    name: "the tasks between never send an event",
    origin: "EmptyOperator without callbacks: emits_ol_events is false",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.runs("extract", 20, minutes(40)),
      a.runs("load", minutes(40) + 5, minutes(90)),
      a.dagEnds(minutes(90) + 8),
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: minutes(60), state: "progressing", never: alarms },
      { at: minutes(90) + 4, state: "progressing", never: alarms },
      { at: minutes(95), state: "finished", never: alarms },
    ],
  };
}

function dagEndLost(): Scenario {
  const a = airflow("unclosed", {
    extract: { down: ["load"] },
    load: { down: ["end"] },
    end: { operator: "EmptyOperator", emits: false },
  });
  return {
    name: "all tasks ended, the DAG's end is lost in a scheduler's restart",
    origin: "DAG events lost at a scheduler restart; all children terminal, parent open (Azure ML C17)",
    run: a.run,
    log: [a.dagStarts(0), a.runs("extract", 10, 60), a.runs("load", 70, 300)],
    asked: [
      { at: 310, state: "progressing", never: ["unclosed-parent", "never-started"] },
      { at: minutes(20), state: "stuck", holds: { unclosed: "unclosed-parent" }, never: ["never-started"] },
    ],
  };
}

function completeKilled(): Scenario {
  const a = airflow("killed-sender", {
    extract: { down: ["transform"] },
    transform: { down: ["load"] },
    load: {},
  });
  return {
    name: "a task's COMPLETE was killed by the 10 s limit, the DAG went on",
    origin: "The sender is a fork killed after execution_timeout: a COMPLETE is lost while the task is fine",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("extract", 5, { outputs: ["raw"] }),
      a.runs("transform", 100, hours(2), { inputs: ["raw"] }),
      a.runs("load", hours(2) + 5, hours(2) + 60),
      a.dagEnds(hours(2) + 65),
    ],
    asked: [
      {
        at: hours(1),
        state: "progressing",
        holds: { transform: "nothing", extract: "lost-completion?" },
        never: ["never-started", "unclosed-parent"],
      },
      { at: hours(2) + 30, state: "progressing", holds: { extract: "lost-completion?" } },
      { at: hours(2) + 63, state: "progressing", holds: { extract: "lost-completion?" } },
      { at: hours(3), state: "finished", never: alarms },
    ],
  };
}

/** Runs of the same DAG on the days before. */
function groups(): Scenario {
  const a = airflow("grouped", {
    "ingest.orders.fetch": { group: "ingest.orders", down: ["ingest.orders.check"] },
    "ingest.orders.check": { group: "ingest.orders", down: ["report"] },
    "ingest.users": { group: "ingest", down: ["report"] },
    report: {},
  });
  return {
    name: "task groups in task groups, with dots in their names",
    origin: "Names split at dots lose their task (OpenLineage: task_1.id.with.dots)",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.runs("ingest.orders.fetch", 5, 60),
      a.runs("ingest.users", 6, 90),
      a.runs("ingest.orders.check", 70, hours(1)),
      a.starts("report", hours(1) + 10),
    ],
    asked: [
      { at: minutes(30), state: "progressing", holds: { "ingest.orders.check": "nothing" }, never: alarms },
      { at: hours(1) + 60, state: "progressing", never: alarms },
    ],
  };
}

function triggered(): Scenario {
  const a = airflow("outer", { trigger: { operator: "TriggerDagRunOperator", down: ["after"] }, after: {} });
  const b = airflow("inner", { work: {} }, { run: "manual__1" });
  return {
    name: "a DAG triggered by another outlives it",
    origin: "Orphans: parent terminal, child open; what nobody waits for holds nothing",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.runs("trigger", 5, 8),
      below(b.dagStarts(9), a.id("trigger"), "airflow-prod", "outer.trigger"),
      b.starts("work", 12),
      a.runs("after", 10, 30),
      a.dagEnds(32),
    ],
    asked: [
      { at: 20, state: "progressing", never: alarms },
      { at: hours(2), state: "finished", never: alarms },
    ],
  };
}

function mapped(): Scenario {
  const a = airflow("fanning", { list: { down: ["score"] }, score: { down: ["sum"] }, sum: {} });
  return {
    name: "mapped instances end at very different times",
    origin: "One of many instances works on: its siblings' ends say nothing of it",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.runs("list", 5, 20),
      [0, 1, 2, 3, 4].map((map) => a.starts("score", 25 + map, { map })),
      [0, 1, 2, 4].map((map) => a.completes("score", 100 + map, { map })),
      a.completes("score", hours(3), { map: 3 }),
      a.runs("sum", hours(3) + 5, hours(3) + 20),
      a.dagEnds(hours(3) + 25),
    ],
    asked: [
      { at: hours(2), state: "progressing", holds: { "score[3]": "nothing" }, never: alarms },
      { at: hours(4), state: "finished", never: alarms },
    ],
  };
}

function lateTaskEnd(): Scenario {
  const a = airflow("async-end", { load: {} });
  return {
    name: "the DAG's end overtakes its last task's",
    origin: "Events of a task and its DAG come from different processes: order says nothing",
    run: a.run,
    log: [a.dagStarts(0), a.starts("load", 5), a.dagEnds(61), a.completes("load", 60, { lag: 25 })],
    asked: [
      { at: 70, state: "finished", never: alarms },
      { at: minutes(10), state: "finished", never: alarms },
    ],
  };
}

export const airflowScenarios: readonly Scenario[] = [
  deferred(),
  rescheduled(),
  neverEmit(),
  dagEndLost(),
  completeKilled(),
  groups(),
  triggered(),
  mapped(),
  lateTaskEnd(),
];
