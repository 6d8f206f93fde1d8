/** Evidence that looks like more than it is: warnings, another run's file, an old word, a backlog, an answer from a cache. */
import { counted, heldBack, hours, iso, minutes, probed, uuid } from "../message.ts";
import { airflow } from "../producers/airflow.ts";
import { pipeline } from "../producers/custom.ts";
import { dbt, flink } from "../producers/engines.ts";
import type { Json, Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
  "partial-outputs",
];

function asserted(success: boolean, severity: string): Json {
  return {
    dataQualityAssertions: {
      assertions: [{ assertion: "not_null", column: "id", success, severity }],
    },
  };
}

function warnings(): Scenario {
  const d = dbt("dbt-build-warns");
  const tested = (at: number, severity: string) => [
    d.child(`test.shop.${severity}`, "START", at),
    d.child(`test.shop.${severity}`, "COMPLETE", at + 4, {
      inputs: [{ name: "orders", facets: asserted(false, severity) }],
    }),
  ];
  return {
    name: "dbt tests fail as warnings, and the next models are built",
    origin: "severity: warn blocks nothing (dbt); a failed test is no failed model",
    run: d.run,
    log: [
      d.root("START", 0),
      d.child("model.shop.orders", "START", 3, { outputs: ["orders"] }),
      d.child("model.shop.orders", "COMPLETE", 60, { outputs: [counted("orders")] }),
      tested(61, "warn"),
      d.child("model.shop.daily", "START", 70, { inputs: ["orders"], outputs: ["daily"] }),
      d.child("model.shop.daily", "COMPLETE", hours(1), { outputs: [counted("daily")] }),
      d.root("COMPLETE", hours(1) + 2),
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: [...alarms, "failing-validation", "validation-loop"] },
      { at: hours(2), state: "finished", never: [...alarms, "failing-validation", "validation-loop"] },
    ],
  };
}

function warnsOnItsOwn(): Scenario {
  const p = pipeline("own-warning");
  const load = p.step("load");
  return {
    name: "a step's own assertion fails as a warning, and it works on",
    origin: "severity: warn blocks nothing; what it does after its check is its work",
    run: p.run,
    log: [
      p.starts(0),
      load.starts(1, { outputs: ["orders", "index"] }),
      load.says("OTHER", 100, {
        inputs: [{ name: "orders", facets: asserted(false, "warn") }],
        outputs: [probed("orders", "written", { modifiedAt: 95 })],
      }),
      ...[300, 600, 900, 1200, 1500, 1800].map((at) =>
        load.says("OTHER", at, { outputs: [probed("index", "writing", { modifiedAt: at - 1, size: at })] }),
      ),
    ],
    asked: [
      { at: minutes(10), state: "progressing", never: [...alarms, "failing-validation"] },
      { at: minutes(31), state: "progressing", never: [...alarms, "failing-validation"] },
    ],
  };
}

function otherRunsFile(): Scenario {
  const mine = pipeline("shared-name", { run: "mine" });
  const theirs = pipeline("shared-name", { run: "theirs" });
  const [train, other] = [mine.step("train"), theirs.step("train")];
  return {
    name: "another run overwrites the file of the same name, mine works on",
    origin: "A fixed path that two runs write to (Azure ML C24): whose it is is told",
    run: mine.run,
    log: [
      mine.starts(0),
      train.starts(1, { outputs: ["model"] }),
      theirs.starts(10),
      other.starts(11, { outputs: ["model"] }),
      other.completes(300, { outputs: [probed("model", "written", { modifiedAt: 299 })] }),
      train.says("OTHER", 310, {
        outputs: [
          probed("model", "written", { modifiedAt: 299, writtenBy: other.id(), seenBy: "blob-probe" }),
        ],
      }),
    ],
    asked: [
      { at: 330, state: "progressing", never: [...alarms] },
      { at: hours(2), state: "progressing", notes: { train: ["foreign-outputs"] }, never: [...alarms] },
    ],
  };
}

function memoized(): Scenario {
  const p = pipeline("memoized");
  const [fetch, train] = [p.step("fetch"), p.step("train")];
  const hit = {
    unstuck_cache: { status: "HIT", key: "k1", reusedFrom: { runId: uuid("long ago"), nodeKey: "fetch" } },
  };
  return {
    name: "a memoized step sends its end only, what is behind it works",
    origin: "Argo memoization: the node is Succeeded without a pod; it has no start and writes nothing",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ fetch: ["train"] }) }),
      fetch.completes(2, { facets: hit, outputs: ["raw"] }),
      train.starts(5, { interval: 10, inputs: ["raw"], outputs: ["model"] }),
      train.beats(15, 1800, 10),
    ],
    asked: [
      { at: 1800, state: "progressing", holds: { fetch: "nothing" }, never: [...alarms, "lost-start"] },
    ],
  };
}

function backlogThenDeath(): Scenario {
  const p = pipeline("backlog");
  const train = p.step("train");
  const other = pipeline("backlog-other");
  const log = [
    p.starts(0),
    train.starts(1, { interval: 10, outputs: ["model"] }),
    train.beats(11, 3000, 10),
    other.starts(0, { interval: 10 }),
    other.beats(10, 6000, 10),
  ];
  return {
    name: "forty minutes of a source come in one go, it works on, then one attempt dies",
    origin:
      "A source is restarted and replays its backlog: it is neither dark nor imported, and what dies later is dead",
    run: p.run,
    log: heldBack(300, 2700, ...log),
    asked: [
      { at: 2705, state: "progressing", never: alarms },
      { at: 2900, state: "progressing", never: alarms },
      { at: 3300, state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function checkpoints(): Scenario {
  const f = flink("clicks");
  return {
    name: "a streaming job's checkpoints are written again and again",
    origin: "A streaming job owes no end, whatever it has written (guard 6)",
    run: f.run,
    log: [
      f.root("START", 0, { outputs: ["sessions"] }),
      ...[60, 120, 180].map((at) => f.root("RUNNING", at, { outputs: [counted("sessions", at)] })),
    ],
    asked: [
      { at: 400, state: "progressing", never: alarms },
      { at: hours(40), state: "progressing", never: alarms },
    ],
  };
}

function validatesWhileFinalizing(): Scenario {
  const p = pipeline("validated-end", {
    namespace: "azureml/shop",
    jobType: { processingType: "BATCH", integration: "AZUREML", jobType: "PIPELINE" },
  });
  const train = p.step("train");
  const told = (state: string): Json => ({ unstuck_attempt: { nodeKey: "train", number: 1, state } });
  return {
    name: "Finalizing, while the outputs are checked and an old check had failed",
    origin: "A check that failed before the output was written anew says nothing of what is there now",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: told("Running"), outputs: ["model"] }),
      train.says("OTHER", 300, {
        facets: told("Running"),
        inputs: [{ name: "model", facets: asserted(false, "error") }],
        outputs: [probed("model", "written", { modifiedAt: 295 })],
      }),
      train.says("OTHER", 900, {
        facets: told("Finalizing"),
        inputs: [{ name: "model", facets: asserted(true, "error") }],
        outputs: [probed("model", "written", { modifiedAt: 890 })],
      }),
      train.completes(1080, { facets: told("Completed") }),
      p.completes(1082),
    ],
    asked: [
      { at: 320, state: "progressing", never: [...alarms, "failing-validation"] },
      { at: 1000, state: "progressing", never: [...alarms, "failing-validation"] },
      { at: hours(1), state: "finished" },
    ],
  };
}

function deepSleep(): Scenario {
  const p = pipeline("interactive");
  const debug = p.step("debug");
  return {
    name: "a step that writes a file at its start works on it for hours",
    origin: "An output that is there early proves no end: a database, a log, a model that is trained further",
    run: p.run,
    log: [
      p.starts(0),
      debug.starts(1, { interval: 30, outputs: ["state.db"] }),
      debug.says("RUNNING", 31, {
        interval: 30,
        outputs: [probed("state.db", "writing", { modifiedAt: 30, size: 10 })],
      }),
      ...[600, 1200, 1800, 2400, 3000, 3600].map((at) =>
        debug.says("RUNNING", at, {
          interval: 30,
          outputs: [probed("state.db", "writing", { modifiedAt: at - 1, size: at })],
        }),
      ),
      debug.beats(61, 3600, 30),
    ],
    asked: [
      { at: 1500, state: "progressing", never: alarms },
      { at: 3610, state: "progressing", never: alarms },
    ],
  };
}

function offsets(): Scenario {
  const p = pipeline("tokyo");
  const train = p.step("train");
  const at = (second: number) => iso(second + hours(9)).replace("Z", "+09:00");
  return {
    name: "times are written at +09:00",
    origin: "RFC 3339 with an offset: the same instant in other words is no skew",
    run: p.run,
    log: [
      p.starts(0, { time: at(0) }),
      train.starts(1, { time: at(1), interval: 10 }),
      ...[11, 21, 31, 41, 51].map((second) =>
        train.says("RUNNING", second, { interval: 10, time: at(second) }),
      ),
    ],
    asked: [{ at: 55, state: "progressing", never: [...alarms, "skewed-clock"] }],
  };
}

function clockStepsBack(): Scenario {
  const a = airflow("stepping-back", { load: { down: ["use"] }, use: {} });
  return {
    name: "a clock is set back while a task runs: its end is dated before its start",
    origin: "End before start by the producer's clock (Azure ML C26): the end is an end all the same",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("load", 600),
      a.completes("load", 300, { lag: 600 }),
      a.starts("use", 310, { lag: 600 }),
    ],
    asked: [
      { at: 1000, state: "progressing", holds: { load: "nothing" }, never: alarms },
      { at: hours(2), state: "progressing", holds: { load: "nothing" }, never: alarms },
    ],
  };
}

function exitThenUpload(): Scenario {
  const p = pipeline("uploading");
  const train = p.step("train");
  return {
    name: "the job succeeded, and one output of two still grows",
    origin: "Upload at the end in progress (Azure ML C4): growing is healthy",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { outputs: ["model", "logs"] }),
      train.says("OTHER", 600, { outputs: [probed("model", "written", { modifiedAt: 599 })] }),
      train.says("OTHER", 610, { facets: { unstuck_compute: { kind: "job-succeeded", at: iso(609) } } }),
      ...[700, 800, 900, 1000, 1100, 1200].map((at) =>
        train.says("OTHER", at, { outputs: [probed("logs", "writing", { modifiedAt: at - 1, size: at })] }),
      ),
    ],
    asked: [
      { at: 705, state: "progressing", never: [...alarms, "job-outlived"] },
      { at: 1205, state: "progressing", never: [...alarms, "job-outlived"] },
    ],
  };
}

export const weakEvidence: readonly Scenario[] = [
  warnings(),
  warnsOnItsOwn(),
  otherRunsFile(),
  memoized(),
  backlogThenDeath(),
  checkpoints(),
  validatesWhileFinalizing(),
  deepSleep(),
  offsets(),
  clockStepsBack(),
  exitThenUpload(),
];
