/** "The file exists" is not "the work is done": RULES guards 4, 5, 8; lost-completion, hung-after-output, foreign-outputs. */
import { counted, days, hours, minutes, probed, uuid } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import { dbt, spark } from "../producers/engines.ts";
import type { Scenario } from "../scenario.ts";

const claims = ["lost-completion", "hung-after-output"];

function declaredByDbt(): Scenario {
  const d = dbt("dbt-run-declared");
  return {
    name: "dbt lists its outputs on START, and works for an hour",
    origin: "Outputs on START are declared, not produced (dbt, Spark); guard 4",
    run: d.run,
    log: [
      d.root("START", 0),
      d.child("model.shop.orders", "START", 3, {
        outputs: [{ name: "orders", facets: { version: { datasetVersion: "41" } } }],
      }),
    ],
    asked: [
      { at: minutes(10), state: "progressing", never: claims },
      { at: hours(1), state: "progressing", never: claims },
    ],
  };
}

function declaredBySpark(): Scenario {
  const s = spark("declared");
  return {
    name: "Spark lists an output with its intent on START, and works on",
    origin: "CREATE on START is an intent; guard 4",
    run: s.run,
    log: [
      s.root("START", 0),
      s.child("declared.execute_insert", "START", 8, {
        outputs: [
          { name: "orders", facets: { lifecycleStateChange: { lifecycleStateChange: "OVERWRITE" } } },
        ],
      }),
      s.child("declared.execute_insert", "RUNNING", 9, { outputs: ["orders"] }),
    ],
    asked: [
      { at: minutes(5), state: "progressing", never: claims },
      { at: hours(2), state: "progressing", never: claims },
    ],
  };
}

function lostJobEnd(): Scenario {
  const s = spark("joined");
  const insert = "joined.execute_insert_into_hadoop_fs_relation_command";
  return {
    name: "Spark's SQL end comes as RUNNING with counts, its job end never",
    origin:
      "SQL end sent as RUNNING since a job end is expected; the terminal event missing (OpenLineage, Databricks)",
    run: s.run,
    log: [
      s.root("START", 0),
      s.child(insert, "START", 8, { outputs: ["orders"] }),
      s.child(insert, "RUNNING", 300, { outputs: [counted("orders")] }),
      s.child(insert, "COMPLETE", 300 + minutes(41), { outputs: ["orders"] }),
      s.root("COMPLETE", 305 + minutes(41)),
    ],
    asked: [
      { at: 320, state: "progressing", never: claims },
      {
        at: 300 + minutes(5),
        state: "stuck",
        holds: { execute_insert_into_hadoop_fs_relation_command: "lost-completion likely" },
      },
      { at: 300 + minutes(50), state: "finished", never: claims },
    ],
  };
}

function manyCounts(): Scenario {
  const s = spark("chunked");
  const insert = "chunked.execute_merge";
  return {
    name: "Spark's counts come again and again as it goes on writing",
    origin: "Written once is not written whole: stable for a minute first (RULES lost-completion)",
    run: s.run,
    log: [
      s.root("START", 0),
      s.child(insert, "START", 8, { outputs: ["orders"] }),
      [60, 110, 160, 210, 260].map((at) =>
        s.child(insert, "RUNNING", at, { outputs: [counted("orders", at * 100)] }),
      ),
    ],
    asked: [
      { at: 105, state: "progressing", never: claims },
      { at: 255, state: "progressing", never: claims },
      { at: 310, state: "progressing", never: claims },
    ],
  };
}

function yesterdaysFile(): Scenario {
  const p = pipeline("yesterday");
  const train = p.step("train");
  return {
    name: "yesterday's file is still there, the step works",
    origin: "Success from a file of an earlier run (Snakemake, Azure ML C24); guard 5",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      train.says("RUNNING", 5, {
        interval: 10,
        outputs: [probed("model", "written", { modifiedAt: -days(1), size: 512, seenBy: "s3-probe" })],
      }),
      train.beats(11, 900, 10),
    ],
    asked: [
      { at: 120, state: "progressing", never: claims, notes: { train: ["foreign-outputs"] } },
      { at: 900, state: "progressing", never: claims, notes: { train: ["foreign-outputs"] } },
    ],
  };
}

function yesterdaysFileDead(): Scenario {
  const p = pipeline("yesterday-dead");
  const train = p.step("train");
  const other = pipeline("yesterday-other");
  return {
    name: "yesterday's file is still there, the step died",
    origin:
      "A dead step called done, for its file was there (Snakemake: a failed job's file counted complete)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      train.says("RUNNING", 5, {
        interval: 10,
        outputs: [probed("model", "written", { modifiedAt: -days(1), seenBy: "s3-probe" })],
      }),
      train.beats(11, 300, 10),
      other.starts(0, { interval: 10 }),
      other.beats(10, 900, 10),
    ],
    asked: [
      {
        at: 600,
        state: "stuck",
        holds: { train: "silent-heartbeat" },
        notes: { train: ["foreign-outputs"] },
        never: claims,
      },
    ],
  };
}

function earlierTrysFile(): Scenario {
  const p = pipeline("earlier-try");
  const train = p.step("train");
  return {
    name: "the file is of the try before, the second works",
    origin: "Outputs of mixed tries (Ray, Azure ML C10: outputs older than the current attempt); guard 5",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      train.beats(11, 200, 10),
      train.says("RUNNING", 201, {
        interval: 10,
        outputs: [probed("model", "written", { modifiedAt: 199 })],
      }),
      train.fails(205, { error: "RuntimeError: evaluation failed" }),
      train.starts(230, { try: 2, interval: 10, outputs: ["model"] }),
      train.says("RUNNING", 235, {
        try: 2,
        interval: 10,
        outputs: [
          probed("model", "written", { modifiedAt: 199, writtenBy: train.id(1), seenBy: "s3-probe" }),
        ],
      }),
      train.beats(241, 900, 10, { try: 2 }),
    ],
    asked: [
      { at: 400, state: "progressing", never: claims, notes: { train: ["foreign-outputs"] } },
      { at: 900, state: "progressing", never: claims },
    ],
  };
}

function copiedByHand(): Scenario {
  const p = pipeline("by-hand");
  const train = p.step("train");
  return {
    name: "somebody copies the file in by hand",
    origin: "A file that no attempt wrote; guard 5",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      train.beats(11, 900, 10),
      train.says("RUNNING", 300, {
        interval: 10,
        outputs: [
          probed("model", "written", { modifiedAt: 295, writtenBy: uuid("a notebook"), seenBy: "s3-probe" }),
        ],
      }),
    ],
    asked: [
      { at: 420, state: "progressing", never: claims, notes: { train: ["foreign-outputs"] } },
      { at: 900, state: "progressing", never: claims },
    ],
  };
}

function halfWritten(): Scenario {
  const p = pipeline("half");
  const train = p.step("train");
  return {
    name: "a mounted output grows while it is written",
    origin: "Half-written files are visible in mount mode (Azure ML C25)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      Array.from({ length: 60 }, (_, i) => 11 + i * 10).map((at) =>
        train.says("RUNNING", at, {
          interval: 10,
          outputs: [probed("model", "writing", { size: at * 1e6, modifiedAt: at - 1 })],
        }),
      ),
    ],
    asked: [
      { at: 300, state: "progressing", never: [...claims, "partial-outputs"] },
      { at: 610, state: "progressing", never: [...claims, "partial-outputs"] },
    ],
  };
}

function hung(): Scenario {
  const p = pipeline("hung");
  const train = p.step("train");
  return {
    name: "all is written, a worker process hangs at exit, beats go on",
    origin: "Data loader workers and non-daemon threads that keep a finished script alive (Azure ML C1, C2)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model", "metrics"] }),
      train.beats(11, 1_500, 10),
      train.says("RUNNING", 300, {
        interval: 10,
        outputs: [
          probed("model", "written", { modifiedAt: 298 }),
          probed("metrics", "written", { modifiedAt: 299 }),
        ],
      }),
    ],
    asked: [
      { at: 330, state: "progressing", never: claims },
      { at: 420, state: "stuck", holds: { train: "hung-after-output" }, never: ["lost-completion"] },
      { at: 1_500, state: "stuck", holds: { train: "hung-after-output" } },
    ],
  };
}

function diedAfterWriting(): Scenario {
  const p = pipeline("died-after");
  const train = p.step("train");
  const other = pipeline("died-after-other");
  return {
    name: "all is written, then the beats stop, and no end comes",
    origin:
      "The seed's case: outputs there, completion lost (Argo: pod completed, workflow running for days)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      train.beats(11, 300, 10),
      train.says("RUNNING", 302, {
        interval: 10,
        outputs: [probed("model", "written", { modifiedAt: 300 })],
      }),
      other.starts(0, { interval: 10 }),
      other.beats(10, 900, 10),
    ],
    asked: [
      { at: 330, state: ["progressing", "suspect"] },
      {
        at: 380,
        state: "stuck",
        holds: { train: "lost-completion proven" },
        never: ["silent-heartbeat", "hung-after-output"],
      },
    ],
  };
}

function writtenAtFail(): Scenario {
  const p = pipeline("at-fail");
  const train = p.step("train");
  return {
    name: "a step fails, having listed its output; the next try is due",
    origin: "A failed job's file counted as complete (Snakemake); guard 1",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { outputs: ["model"], maxAttempts: 3 }),
      train.fails(60, { outputs: [counted("model")], error: "OSError: disk quota", maxAttempts: 3 }),
    ],
    asked: [
      { at: 100, state: "waiting", holds: { train: "waiting-retry" }, never: claims },
      { at: 200, state: "waiting", never: claims },
    ],
  };
}

function readByLater(): Scenario {
  const p = pipeline("later-reader");
  const [make, use] = [p.step("make"), p.step("use")];
  return {
    name: "a step has no end, and the next one reads its output",
    origin: "RULES guard 4: a later reader proves that it was written; what goes on is not held",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ make: ["use"] }) }),
      make.starts(1, { outputs: ["table"] }),
      use.starts(200, { interval: 10, inputs: ["table"] }),
      use.beats(210, 900, 10),
    ],
    asked: [{ at: 900, state: "progressing", holds: { use: "nothing", make: "lost-completion?" } }],
  };
}

export const outputs: readonly Scenario[] = [
  declaredByDbt(),
  declaredBySpark(),
  lostJobEnd(),
  manyCounts(),
  yesterdaysFile(),
  yesterdaysFileDead(),
  earlierTrysFile(),
  copiedByHand(),
  halfWritten(),
  hung(),
  diedAfterWriting(),
  writtenAtFail(),
  readByLater(),
];
