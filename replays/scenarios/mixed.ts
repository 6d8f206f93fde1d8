/** Sources below sources, clocks beside clocks, work that looks done: the second, harder round. */
import { below, counted, hours, minutes, withClock } from "../message.ts";
import { airflow } from "../producers/airflow.ts";
import { pipeline } from "../producers/custom.ts";
import { spark } from "../producers/engines.ts";
import type { Received, Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
];

function sparkBelowAirflow(): Scenario {
  const a = airflow("submitting", {
    submit: { operator: "SparkSubmitOperator", down: ["after"] },
    after: {},
  });
  const s = spark("nightly_app");
  const child = (m: Received) => below(m, a.id("submit"), "airflow-prod", "submitting.submit");
  const insert = "nightly_app.execute_insert";
  return {
    name: "Spark below Airflow: all of Spark ended, the task's COMPLETE is lost",
    origin: "Causal chains across orchestrators; the deepest open attempt is the task (guard 7)",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("submit", 5),
      child(s.root("START", 20)),
      s.child(insert, "START", 30, { outputs: ["orders"] }),
      s.child(insert, "RUNNING", 900, { outputs: [counted("orders")] }),
      s.child(insert, "COMPLETE", 905, { outputs: ["orders"] }),
      child(s.root("COMPLETE", 910)),
    ],
    asked: [
      { at: minutes(10), state: "progressing", never: alarms },
      { at: 930, state: "progressing", never: alarms },
      {
        at: hours(2),
        state: ["stuck", "suspect"],
        holds: { submit: "unclosed-parent", after: "blocked-upstream" },
      },
    ],
  };
}

function detachedSpark(): Scenario {
  const a = airflow("detaching", { submit: { operator: "LivyOperator", down: ["after"] }, after: {} });
  const s = spark("detached_app");
  return {
    name: "a detached Spark application outlives the task that submitted it",
    origin: "Child open, parent terminal: nothing waits for it any more",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("submit", 5),
      below(s.root("START", 8), a.id("submit"), "airflow-prod", "detaching.submit"),
      a.completes("submit", 10),
      a.runs("after", 15, hours(3)),
      a.dagEnds(hours(3) + 3),
    ],
    asked: [
      { at: hours(2), state: "progressing", never: alarms },
      { at: hours(4), state: "finished", never: alarms },
    ],
  };
}

function clearedTask(): Scenario {
  const a = airflow("cleared", { extract: { down: ["load"] }, load: {}, other: {} });
  return {
    name: "a task is cleared and runs again, what was behind it ended before",
    origin: "An earlier start downstream says nothing of the new try; a new attempt reopens the node",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.runs("extract", 5, 60),
      a.runs("load", 65, 90),
      a.starts("extract", 600, { try: 2 }),
      a.runs("other", 5, hours(2)),
    ],
    asked: [{ at: hours(1), state: "progressing", holds: { extract: "nothing" }, never: alarms }],
  };
}

function mappedEndLost(): Scenario {
  const a = airflow("mapped-lost", { score: { down: ["sum"] }, sum: {} });
  return {
    name: "of four mapped instances one COMPLETE is lost, what waits for all started",
    origin: "The sender is a fork killed after ten seconds: the task is fine, and the DAG knows it",
    run: a.run,
    log: [
      a.dagStarts(0),
      [0, 1, 2, 3].map((map) => a.starts("score", 5 + map, { map })),
      [0, 1, 3].map((map) => a.completes("score", 60 + map, { map })),
      a.starts("sum", 120),
      a.completes("sum", hours(2)),
      a.dagEnds(hours(2) + 4),
    ],
    asked: [
      {
        at: hours(1),
        state: "progressing",
        holds: { "score[2]": "lost-completion possible?", sum: "nothing" },
      },
      { at: hours(3), state: "finished" },
    ],
  };
}

function mappedBranchHangs(): Scenario {
  const p = pipeline("mapped-group");
  const [fetch, parse] = [p.step("fetch"), p.step("parse")];
  const other = pipeline("mapped-group-other");
  return {
    name: "one branch of a mapped group died, its siblings' next steps work",
    origin: "b[0] starts after a[0] alone: it proves nothing of a[1]",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ fetch: ["parse"] }) }),
      fetch.runs(1, 60, 10, { map: 0 }),
      fetch.starts(1, { map: 1, interval: 10 }),
      fetch.beats(11, 51, 10, { map: 1 }),
      parse.starts(65, { map: 0, interval: 10 }),
      parse.beats(75, 1_500, 10, { map: 0 }),
      other.starts(0, { interval: 10 }),
      other.beats(10, 1_500, 10),
    ],
    asked: [
      {
        at: 900,
        state: ["stuck", "suspect"],
        holds: { "fetch[1]": ["silent-heartbeat", "lost-completion"] },
      },
    ],
  };
}

function endLostBeating(): Scenario {
  const p = pipeline("beat-end-lost");
  const [make, use] = [p.step("make"), p.step("use")];
  return {
    name: "a step's beats stop and its COMPLETE is lost, the orchestrator goes on",
    origin: "Beats stop at the end as at death: what its orchestrator started since tells which",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ make: ["use"] }) }),
      make.starts(1, { interval: 10 }),
      make.beats(11, 201, 10),
      use.starts(210, { interval: 10 }),
      use.beats(220, 3_600, 10),
      use.completes(3_605),
      p.completes(3_608),
    ],
    asked: [
      {
        at: 900,
        state: "progressing",
        holds: { make: "lost-completion possible?", use: "nothing" },
        never: ["silent-heartbeat"],
      },
      { at: 3_606, state: "progressing", holds: { make: "lost-completion possible?" } },
      { at: 3_700, state: "finished", never: alarms },
    ],
  };
}

function twoClocks(name: string, dies: boolean): Scenario {
  const p = pipeline(name);
  const [right, wrong] = [p.step("right"), p.step("wrong")];
  return {
    name: `of two workers of a source one's clock is two hours behind${dies ? ", and it died" : ""}`,
    origin: "Clocks belong to hosts, not to sources; guard 9",
    run: p.run,
    log: [
      p.starts(0),
      right.starts(1, { interval: 10 }),
      right.beats(11, 900, 10),
      withClock(-hours(2), [wrong.starts(2, { interval: 10 }), ...wrong.beats(12, dies ? 302 : 900, 10)]),
    ],
    asked: dies
      ? [
          { at: 310, state: "progressing" },
          { at: 600, state: "stuck", holds: { wrong: "silent-heartbeat", right: "nothing" } },
        ]
      : [100, 300, 890].map((at) => ({ at, state: "progressing" as const, never: alarms })),
  };
}

function otherOnly(): Scenario {
  const p = pipeline("awaiting");
  return {
    name: "a run says OTHER, and starts five hours later",
    origin: "OTHER before START is the spec's one word for waiting",
    run: p.run,
    log: [p.says("OTHER", 0), p.starts(hours(5), { interval: 10 }), p.beats(hours(5) + 10, hours(6), 10)],
    asked: [
      { at: hours(1), state: ["waiting", "progressing"], never: alarms },
      { at: hours(4.9), state: ["waiting", "progressing"], never: alarms },
      { at: hours(5.5), state: "progressing", never: alarms },
    ],
  };
}

function underWay(): Scenario {
  const p = pipeline("under-way");
  const train = p.step("train");
  return {
    name: "we hear of a run that has long been under way",
    origin: "START was sent before there was a server: beats show it alive, its start is lost",
    run: p.run,
    log: [train.beats(0, 900, 10)],
    asked: [
      { at: 300, state: "progressing", never: alarms, notes: { train: ["lost-start"] } },
      { at: 900, state: "progressing", never: alarms },
    ],
  };
}

function cancelledThenEnds(): Scenario {
  const p = pipeline("speculative");
  const train = p.step("train");
  return {
    name: "the old try's COMPLETE comes after the new try started",
    origin: "A timed-out try completes all the same (Prefect): its end is not the new try's",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 100, 10),
      train.starts(200, { try: 2, interval: 10 }),
      train.completes(250, { outputs: ["model"] }),
      train.beats(210, 900, 10, { try: 2 }),
    ],
    asked: [
      { at: 400, state: "progressing", holds: { train: "nothing" }, never: alarms },
      { at: 900, state: "progressing", never: alarms },
    ],
  };
}

function slowQueue(): Scenario {
  const p = pipeline("lagging");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "a message queue delivers everything 45 s late",
    origin: "A lag that stays is no silence: beats are as regular as they were sent",
    run: p.run,
    log: [
      [
        p.starts(0),
        a.starts(1, { interval: 10 }),
        ...a.beats(11, 900, 10),
        b.starts(2, { interval: 10 }),
        ...b.beats(12, 900, 10),
      ].map((m) => ({ ...m, at: m.at + 45 })),
    ],
    asked: [50, 100, 300, 900].map((at) => ({ at, state: "progressing" as const, never: alarms })),
  };
}

export const mixed: readonly Scenario[] = [
  sparkBelowAirflow(),
  detachedSpark(),
  clearedTask(),
  mappedEndLost(),
  mappedBranchHangs(),
  endLostBeating(),
  twoClocks("two-clocks", false),
  twoClocks("two-clocks-dead", true),
  otherOnly(),
  underWay(),
  cancelledThenEnds(),
  slowQueue(),
];
