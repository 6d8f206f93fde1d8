/** Spark, dbt, Flink, Hive, services: ends that are not sent, not owed, or not true. RULES guard 6. */
import { counted, hours, minutes, uuid } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import { dbt, flink, hiveQuery, spark } from "../producers/engines.ts";
import type { Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
];

function sparkFailedChild(): Scenario {
  const s = spark("always-complete");
  return {
    name: "Spark's application completes over a failed action",
    origin: "The application's end is always COMPLETE, though jobs failed (OpenLineage); an end is an end",
    run: s.run,
    log: [
      s.root("START", 0),
      s.child("always-complete.execute_insert", "START", 8, { outputs: ["orders"] }),
      s.child("always-complete.execute_insert", "FAIL", 60, { error: "SparkException: Job aborted" }),
      s.root("COMPLETE", 64),
    ],
    asked: [
      { at: 70, state: "finished", never: alarms },
      { at: hours(5), state: "finished", never: alarms },
    ],
  };
}

function sparkThinks(): Scenario {
  const s = spark("driver");
  return {
    name: "Spark's driver works for eight minutes between two actions",
    origin: "No plan is known: more may come; all children ended is not the end",
    run: s.run,
    log: [
      s.root("START", 0),
      s.child("driver.collect", "START", 8),
      s.child("driver.collect", "COMPLETE", 30),
      s.child("driver.execute_insert", "START", 30 + minutes(8), { outputs: ["orders"] }),
      s.child("driver.execute_insert", "COMPLETE", 30 + minutes(10), { outputs: [counted("orders")] }),
      s.root("COMPLETE", 35 + minutes(10)),
    ],
    asked: [
      { at: minutes(2), state: "progressing", never: alarms },
      { at: minutes(8), state: "progressing", never: alarms },
      { at: minutes(9.5), state: "progressing", never: alarms },
      { at: minutes(12), state: "finished", never: alarms },
    ],
  };
}

function sparkCommands(): Scenario {
  const s = spark("fast");
  return {
    name: "Spark's fast commands send COMPLETE only",
    origin: "COMPLETE without START (OpenLineage): three of fourteen runs of its own corpus",
    run: s.run,
    log: [
      s.root("START", 0),
      s.child("fast.create_table", "COMPLETE", 5, { outputs: ["orders"] }),
      s.child("fast.alter_table", "COMPLETE", 9, { outputs: ["orders"] }),
      s.child("fast.execute_insert", "START", 12, { outputs: ["orders"] }),
    ],
    asked: [
      { at: 30, state: "progressing", never: alarms },
      { at: minutes(30), state: "progressing", never: alarms },
    ],
  };
}

function hiveOnly(): Scenario {
  return {
    name: "Hive sends one COMPLETE and nothing else",
    origin: "COMPLETE only: a run without a start is still a run that ended",
    run: uuid("hive nightly_ctas"),
    log: [hiveQuery("nightly_ctas", 60, ["orders"])],
    asked: [
      { at: 70, state: "finished", never: alarms },
      { at: hours(30), state: "finished", never: alarms },
    ],
  };
}

function dbtSkips(): Scenario {
  const d = dbt("dbt-build-skips");
  return {
    name: "dbt skips what is behind a failed model, and builds the rest",
    origin: "A skipped node ends with ABORT (dbt's structured logs)",
    run: d.run,
    log: [
      d.root("START", 0),
      d.child("model.shop.a", "START", 3, { outputs: ["a"] }),
      d.child("model.shop.a", "FAIL", 20, { error: "Database Error" }),
      d.child("model.shop.b", "START", 20, { inputs: ["a"], outputs: ["b"] }),
      d.child("model.shop.b", "ABORT", 20),
      d.child("model.shop.c", "START", 21, { outputs: ["c"] }),
      d.child("model.shop.c", "COMPLETE", minutes(50), { outputs: ["c"] }),
      d.root("FAIL", minutes(50) + 2, { error: "1 error" }),
    ],
    asked: [
      { at: minutes(5), state: "progressing", never: [...alarms, "failed-upstream"] },
      { at: minutes(49), state: "progressing", never: [...alarms, "failed-upstream"] },
      { at: hours(1), state: "finished", never: [...alarms, "failed-upstream"] },
    ],
  };
}

function dbtOther(): Scenario {
  const d = dbt("dbt-run-noop");
  return {
    name: "dbt ends a node with OTHER, and the command goes on",
    origin: "A status that the integration does not know ends as OTHER: the node never terminates",
    run: d.run,
    log: [
      d.root("START", 0),
      d.child("model.shop.a", "START", 3, { outputs: ["a"] }),
      d.child("model.shop.a", "OTHER", 4, { outputs: ["a"] }),
      d.child("model.shop.b", "START", 5, { inputs: ["a"], outputs: ["b"] }),
      d.child("model.shop.b", "COMPLETE", minutes(40), { outputs: ["b"] }),
      d.root("COMPLETE", minutes(40) + 2),
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(1), state: "finished", never: alarms },
    ],
  };
}

function dbtKilled(): Scenario {
  const d = dbt("dbt-run-killed");
  return {
    name: "dbt is killed after its last model, and nothing ends the command",
    origin: "SIGKILL: nothing is sent (dbt); the command is open over ended nodes",
    run: d.run,
    log: [
      d.root("START", 0),
      d.child("model.shop.a", "START", 3, { outputs: ["a"] }),
      d.child("model.shop.a", "COMPLETE", 60, { outputs: ["a"] }),
    ],
    asked: [
      { at: minutes(5), state: "progressing", never: alarms },
      { at: hours(6), state: ["stuck", "suspect"], holds: { "dbt-run-killed": "unclosed-parent" } },
    ],
  };
}

function flinkSilent(): Scenario {
  const f = flink("clicks_to_sessions");
  return {
    name: "a streaming job sends nothing for hours",
    origin: "Flink sends only where checkpoints changed, or START alone (detached); guard 6",
    run: f.run,
    log: [
      f.root("START", 0, { outputs: ["sessions"] }),
      [60, 120, 180, 240, 300, 360].map((at) =>
        f.root("RUNNING", at, { outputs: [counted("sessions", at)] }),
      ),
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(12), state: "progressing", never: alarms },
      { at: hours(23), state: "progressing", never: alarms },
    ],
  };
}

function flinkPromises(): Scenario {
  const f = flink("clicks_by_hour", {
    eventTrigger: "PERIODIC",
    eventContentMode: "ACCUMULATIVE",
    windowDuration: 60,
  });
  return {
    name: "a Flink job names a window of 60 s and sends nothing for hours",
    origin: "Flink polls by the clock but sends only where checkpoints changed: no checkpoint is not death",
    run: f.run,
    log: [f.root("START", 0), [60, 120, 180, 240, 300].map((at) => f.root("RUNNING", at))],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(6), state: "progressing", never: alarms },
    ],
  };
}

function streamingWrites(): Scenario {
  const p = pipeline("stream", {
    jobType: { processingType: "STREAMING", integration: "CUSTOM", jobType: "JOB" },
  });
  return {
    name: "a streaming job commits and beats on",
    origin: "A commit is not the end of what never ends; guard 6",
    run: p.run,
    log: [
      p.starts(0, { interval: 30, outputs: ["events"] }),
      p.beats(30, 3_600, 30),
      p.says("RUNNING", 65, { interval: 30, outputs: [counted("events")] }),
    ],
    asked: [
      { at: 600, state: "progressing", never: alarms },
      { at: 3_600, state: "progressing", never: alarms },
    ],
  };
}

function streamingDies(): Scenario {
  const p = pipeline("stream-dies", {
    jobType: { processingType: "STREAMING", integration: "CUSTOM", jobType: "JOB" },
  });
  const other = pipeline("stream-other");
  return {
    name: "a streaming job's promised beats stop",
    origin: "No end is owed, but beats were promised: stuck by its beats alone (guards 2 and 6)",
    run: p.run,
    log: [
      p.starts(0, { interval: 30, outputs: ["events"] }),
      p.beats(30, 900, 30),
      other.starts(0, { interval: 30 }),
      other.beats(30, 3_600, 30),
    ],
    asked: [
      { at: 930, state: "progressing" },
      { at: 1_100, state: "stuck", holds: { "stream-dies": "silent-heartbeat" }, never: ["lost-completion"] },
    ],
  };
}

function serviceParent(): Scenario {
  const p = pipeline("server", {
    jobType: { processingType: "SERVICE", integration: "CUSTOM", jobType: "JOB" },
  });
  const one = p.step("request-1");
  const two = p.step("request-2");
  return {
    name: "a service's jobs are all done, the service stays up",
    origin: "A parent of a kind that owes no end; guard 6",
    run: p.run,
    log: [
      p.starts(0),
      one.runs(5, 60, undefined, { outputs: ["a"] }),
      two.runs(70, 90, undefined, { outputs: ["b"] }),
    ],
    asked: [
      { at: minutes(10), state: "progressing", never: alarms },
      { at: hours(20), state: "progressing", never: alarms },
    ],
  };
}

function flinkCancelled(): Scenario {
  const f = flink("cancelled_stream");
  return {
    name: "a streaming job is cancelled: an end that was not owed comes",
    origin: "Flink's CANCELED is ABORT (FAIL before 1.50)",
    run: f.run,
    log: [
      f.root("START", 0),
      f.root("RUNNING", 60),
      f.root("ABORT", 600),
      f.root("RUNNING", 540, { lag: 90 }),
    ],
    asked: [
      { at: 605, state: "finished", never: alarms },
      { at: hours(2), state: "finished", never: [...alarms, "conflicting-end"] },
    ],
  };
}

export const engineScenarios: readonly Scenario[] = [
  sparkFailedChild(),
  sparkThinks(),
  sparkCommands(),
  hiveOnly(),
  dbtSkips(),
  dbtOther(),
  dbtKilled(),
  flinkSilent(),
  flinkPromises(),
  streamingWrites(),
  streamingDies(),
  serviceParent(),
  flinkCancelled(),
];
