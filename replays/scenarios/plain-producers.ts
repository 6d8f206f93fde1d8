/** Producers that send nothing but the standard, in other rhythms and shapes than ours: what is lost must still be found. */
import { counted, hours, minutes, probed, withClock } from "../message.ts";
import { airflow } from "../producers/airflow.ts";
import { pipeline } from "../producers/custom.ts";
import { spark } from "../producers/engines.ts";
import type { Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
  "failed-upstream",
];

function aheadAndLost(): Scenario {
  const p = pipeline("ahead");
  const train = p.step("train");
  const other = pipeline("ahead-other");
  return {
    name: "a producer's clock is two hours ahead, the end is lost",
    origin:
      "Skew: a file that the store dates before the start is the attempt's own, once the clock is put right",
    run: p.run,
    log: [
      withClock(
        hours(2),
        p.starts(0),
        train.starts(1, { interval: 10, outputs: ["model"] }),
        train.beats(11, 600, 10),
        other.starts(0, { interval: 10 }),
        other.beats(10, 2000, 10),
      ),
      train.says("OTHER", 602, {
        outputs: [probed("model", "written", { modifiedAt: 598, seenBy: "blob-probe" })],
      }),
    ],
    asked: [
      { at: 500, state: "progressing", never: alarms },
      { at: 800, state: "stuck", holds: { train: "lost-completion" } },
    ],
  };
}

function slightlyAhead(): Scenario {
  const p = pipeline("slightly-ahead");
  const train = p.step("train");
  return {
    name: "a clock is ninety seconds ahead, a short step's end is lost",
    origin: "Small skew is the rule: a file written a minute after the start is not yesterday's",
    run: p.run,
    log: [
      withClock(
        90,
        p.starts(0),
        train.starts(1, { outputs: ["model"] }),
        train.says("OTHER", 65, { outputs: ["model"] }),
      ),
      train.says("OTHER", 66, {
        outputs: [probed("model", "written", { modifiedAt: 60, seenBy: "blob-probe" })],
      }),
    ],
    // By the probe's clock it was seen written before the start named it: how much is to come is then not told.
    asked: [{ at: 300, state: ["stuck", "suspect"], holds: { train: "lost-completion" } }],
  };
}

function standardOnly(): Scenario {
  const p = pipeline("standard-only");
  const load = p.step("load");
  return {
    name: "RUNNING every 15 s by habit, counts on the last of them, then nothing",
    origin:
      "No facet of ours: a rhythm that was kept, statistics that show the output written, a lost COMPLETE",
    run: p.run,
    log: [
      p.starts(0),
      load.starts(1, { try: null, outputs: ["orders"] }),
      ...[16, 31, 46, 61, 76, 91, 106].map((at) => load.says("RUNNING", at, { try: null })),
      load.says("RUNNING", 121, { try: null, outputs: [counted("orders")] }),
    ],
    asked: [
      { at: 110, state: "progressing", never: alarms },
      { at: 300, state: "stuck", holds: { load: "lost-completion" } },
    ],
  };
}

function loneJob(): Scenario {
  const p = pipeline("lone");
  return {
    name: "a job alone promises beats and dies",
    origin: "One process, one run, no steps: the simplest death there is",
    run: p.run,
    log: [p.starts(0, { interval: 10, outputs: ["x"] }), p.beats(10, 300, 10)],
    asked: [
      { at: 318, state: "progressing", never: alarms },
      { at: 340, state: "stuck", holds: { lone: "silent-heartbeat" } },
    ],
  };
}

function openGroup(): Scenario {
  const p = pipeline("open-group");
  const group = p.step("group");
  const [one, two] = ["one", "two"].map((key) => p.step(key, { run: group.id(), name: "open-group.group" }));
  return {
    name: "the steps of a group ended, the group never does, the next step waits",
    origin:
      "A group is open over ended steps: the deepest open attempt is to blame (guard 7), not what waits",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ group: ["report"] }) }),
      group.starts(1, { facets: p.plan({ one: ["two"] }) }),
      one?.runs(2, 60, 10) ?? [],
      two?.runs(61, 120, 10) ?? [],
    ],
    asked: [
      { at: 90, state: "progressing", never: alarms },
      { at: hours(1), state: "stuck", holds: { group: "unclosed-parent", report: "blocked-upstream?" } },
    ],
  };
}

function middleLost(): Scenario {
  const p = pipeline("middle-lost");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "the end of a middle step is lost, and nothing goes on",
    origin: "An orchestrator that waits for the message that never came (Argo #12103)",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ a: ["b"], b: ["c"], c: ["d"] }) }),
      a.runs(1, 60, 10),
      b.starts(61, { outputs: ["y"] }),
      b.says("OTHER", 200, { outputs: [counted("y")] }),
    ],
    asked: [
      { at: 150, state: "progressing", never: alarms },
      {
        at: 600,
        state: "stuck",
        holds: { b: "lost-completion", c: "blocked-upstream?", d: "blocked-upstream?" },
      },
    ],
  };
}

function failedAndOpen(): Scenario {
  const p = pipeline("failed-open", {});
  const [a] = [p.step("a")];
  return {
    name: "a step failed, what waits for it never will, the run beats on",
    origin: "A success that cannot come: the run is neither failed nor going on (Dagster #17403, 23 h)",
    run: p.run,
    log: [
      p.starts(0, { interval: 10, facets: p.plan({ a: ["b"], b: ["c"] }) }),
      p.beats(10, hours(1), 10),
      a.starts(1, { interval: 10 }),
      a.beats(11, 100, 10),
      a.fails(105, { error: "KeyError: 'id'" }),
    ],
    asked: [
      { at: 110, state: ["progressing", "waiting"], never: alarms },
      {
        at: hours(1),
        state: "stuck",
        holds: { b: "failed-upstream", c: ["failed-upstream?", "blocked-upstream?"] },
      },
    ],
  };
}

function rootDies(): Scenario {
  const p = pipeline("root-dies");
  const [a] = [p.step("a")];
  const other = pipeline("root-dies-other");
  return {
    name: "the process that starts the steps dies between two of them",
    origin: "The orchestrator's own death: steps to come are not to blame for it",
    run: p.run,
    log: [
      p.starts(0, { interval: 10, facets: p.plan({ a: ["b"], b: ["c"] }) }),
      p.beats(10, 300, 10),
      a.runs(1, 295, 10),
      other.starts(0, { interval: 10 }),
      other.beats(10, 4000, 10),
    ],
    asked: [
      { at: 305, state: "progressing", never: alarms },
      { at: hours(1), state: "stuck", holds: { "root-dies": "silent-heartbeat" } },
    ],
  };
}

function batchOverStream(): Scenario {
  const p = pipeline("over-stream");
  const [load, serve] = [p.step("load"), p.step("serve")];
  const streaming = { jobType: { processingType: "STREAMING", integration: "CUSTOM", jobType: "JOB" } };
  return {
    name: "a batch run starts a stream and waits for it",
    origin: "A streaming step owes no end, so the run over it owes none before (guard 6)",
    run: p.run,
    log: [
      p.starts(0),
      load.runs(1, 60, 10),
      serve.starts(61, { jobFacets: streaming, outputs: ["sessions"] }),
      serve.says("RUNNING", 100, { jobFacets: streaming, outputs: [counted("sessions")] }),
    ],
    asked: [
      { at: 600, state: "progressing", never: alarms },
      { at: hours(20), state: "progressing", never: alarms },
    ],
  };
}

function slowerThanPromised(): Scenario {
  const p = pipeline("slower");
  const train = p.step("train");
  const other = pipeline("slower-other");
  return {
    name: "a beat is promised every 10 s, and comes every 28 s for an hour",
    origin:
      "Promises of busy processes: a rhythm that is kept for an hour is what its silence is measured by",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(29, hours(1), 28, { interval: 10 }),
      other.starts(0, { interval: 10 }),
      other.beats(10, hours(2), 10),
    ],
    asked: [
      { at: 29 + 28 * 60 + 27, state: "progressing", holds: { train: "nothing" }, never: alarms },
      { at: hours(1) + minutes(5), state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function startOnly(): Scenario {
  const s = spark("databricks-job");
  return {
    name: "a Spark application says that it starts, and nothing for thirty hours",
    origin: "No terminal event on Databricks (OL #4636): for a day it may work, then it is worth a word",
    run: s.run,
    log: [s.root("START", 0)],
    asked: [
      { at: hours(20), state: "progressing", never: alarms },
      { at: hours(30), state: "suspect", holds: { "databricks-job": "lost-completion possible" } },
    ],
  };
}

function runningOnly(): Scenario {
  const p = pipeline("running-only");
  const train = p.step("train");
  return {
    name: "a step's START is lost, its beats come",
    origin: "Lost START (OL #2322): what beats works, and the record says what it lacks",
    run: p.run,
    log: [p.starts(0), train.beats(11, 1800, 10)],
    asked: [
      { at: 60, state: "progressing", never: alarms },
      {
        at: 1800,
        state: "progressing",
        holds: { train: "nothing" },
        never: alarms,
        notes: { train: ["lost-start"] },
      },
    ],
  };
}

function lateSibling(): Scenario {
  const p = pipeline("late-sibling");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "the run ended, and the START of a step comes after it",
    origin: "Messages overtake each other: an ended run stays ended (Marquez #2264)",
    run: p.run,
    log: [p.starts(0), a.runs(1, 60, 10), p.completes(70), b.starts(62, { lag: 300, interval: 10 })],
    asked: [
      { at: 100, state: "finished", never: alarms },
      { at: hours(2), state: "finished", never: alarms },
    ],
  };
}

function tidiesUp(): Scenario {
  const p = pipeline("tidying");
  const [a] = [p.step("a")];
  return {
    name: "all steps ended, the run tidies up for five minutes and beats",
    origin: "What a run does after its last step is its own: it lives, so its end is not lost yet",
    run: p.run,
    log: [
      p.starts(0, { interval: 10, facets: p.plan({ a: [] }) }),
      p.beats(10, 660, 10),
      a.runs(1, 360, 10),
      p.completes(665),
    ],
    asked: [
      { at: 300, state: "progressing", never: alarms },
      { at: 500, state: "progressing", never: alarms },
      { at: 655, state: "progressing", never: alarms },
      { at: 700, state: "finished", never: alarms },
    ],
  };
}

function beatsForever(): Scenario {
  const p = pipeline("beats-forever");
  const [a] = [p.step("a")];
  return {
    name: "all steps ended an hour ago, the run beats and does not end",
    origin: "Argo: all pods completed, the workflow runs on for days (#13949); its controller lives",
    run: p.run,
    log: [
      p.starts(0, { interval: 10, facets: p.plan({ a: [] }) }),
      p.beats(10, hours(1), 10),
      a.runs(1, 60, 10),
    ],
    asked: [{ at: hours(1), state: ["stuck", "suspect"], holds: { "beats-forever": "unclosed-parent" } }],
  };
}

function failsAndWorks(): Scenario {
  const a = airflow("fails-and-works", {
    bad: { down: ["after_bad"] },
    after_bad: {},
    good: { down: ["after_good"] },
    after_good: {},
  });
  return {
    name: "one branch failed, the other works on for hours and then starts its next task",
    origin: "A failed branch is the run's outcome, not what holds it",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("bad", 5),
      a.fails("bad", 10, { error: "ValueError" }),
      a.runs("good", 5, hours(2)),
      a.runs("after_good", hours(2) + 5, hours(4)),
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(3), state: "progressing", never: alarms },
    ],
  };
}

export const plainProducers: readonly Scenario[] = [
  aheadAndLost(),
  slightlyAhead(),
  standardOnly(),
  loneJob(),
  openGroup(),
  middleLost(),
  failedAndOpen(),
  rootDies(),
  batchOverStream(),
  slowerThanPromised(),
  startOnly(),
  runningOnly(),
  lateSibling(),
  tidiesUp(),
  beatsForever(),
  failsAndWorks(),
];
