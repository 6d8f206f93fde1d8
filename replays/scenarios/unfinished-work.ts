/** Work that looks done and is not, and work that is done and does not look so. RULES guards 4 and 5. */
import { counted, days, hours, minutes, probed } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import { spark } from "../producers/engines.ts";
import type { Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
];

function checkpoints(): Scenario {
  const p = pipeline("checkpoints");
  const train = p.step("train");
  return {
    name: "a training writes checkpoints that it never declared, and works on",
    origin: "Some output written is not all of it: what it owes was never said (guard 4)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 7_200, 10),
      [300, 2_400, 4_800].map((at, n) =>
        train.says("RUNNING", at, {
          interval: 10,
          outputs: [probed(`checkpoint-${n}`, "written", { modifiedAt: at - 1 })],
        }),
      ),
    ],
    asked: [
      { at: 900, state: "progressing" },
      { at: 2_000, state: "progressing" },
      { at: 4_700, state: "progressing" },
    ],
  };
}

function overwritesEachEpoch(): Scenario {
  const p = pipeline("epochs");
  const train = p.step("train");
  const beat = (at: number) =>
    train.says("RUNNING", at, {
      facets: {
        unstuck_heartbeat: {
          interval: 10,
          progress: { done: Math.floor(at / 30), total: 200, unit: "batches" },
        },
      },
      ...(at % 600 === 1 && { outputs: [probed("model", "written", { modifiedAt: at - 1 })] }),
    });
  return {
    name: "the declared model is written anew each epoch, progress goes on",
    origin: "The output is there and the work is not done: progress moved since the last write",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      Array.from({ length: 360 }, (_, i) => beat(11 + i * 10)),
    ],
    asked: [
      { at: 900, state: "progressing", never: alarms },
      { at: 1_190, state: "progressing", never: alarms },
      { at: 2_900, state: "progressing", never: alarms },
    ],
  };
}

function growsBeside(): Scenario {
  const p = pipeline("beside");
  const train = p.step("train");
  return {
    name: "the declared output is written, another one still grows",
    origin: "Growing outputs are work (Azure ML C4), declared or not",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      train.beats(11, 1_500, 10),
      train.says("RUNNING", 100, { interval: 10, outputs: [probed("model", "written", { modifiedAt: 99 })] }),
      Array.from({ length: 46 }, (_, i) => 120 + i * 30).map((at) =>
        train.says("RUNNING", at, {
          interval: 10,
          outputs: [probed("embeddings", "writing", { size: at * 1e5, modifiedAt: at - 1 })],
        }),
      ),
    ],
    asked: [
      { at: 300, state: "progressing", never: alarms },
      { at: 1_490, state: "progressing", never: alarms },
    ],
  };
}

function datedPartition(): Scenario {
  const day = (n: number) => `orders/ds=2026-03-0${n}`;
  const s0 = spark("dated", "before");
  const s = spark("dated");
  const insert = "dated.execute_insert";
  return {
    name: "a partition of today is written, the end is lost; yesterday's had another name",
    origin: "What the last good attempt wrote bears its date: it cannot be owed today",
    run: s.run,
    log: [
      s0.root("START", -days(1)),
      s0.child(insert, "START", 8 - days(1)),
      s0.child(insert, "RUNNING", 300 - days(1), { outputs: [counted(day(1))] }),
      s0.child(insert, "COMPLETE", 305 - days(1), { outputs: [day(1)] }),
      s0.root("COMPLETE", 310 - days(1)),
      s.root("START", 0),
      s.child(insert, "START", 8),
      s.child(insert, "RUNNING", 300, { outputs: [counted(day(2))] }),
    ],
    asked: [
      { at: 330, state: "progressing" },
      { at: hours(1), state: ["stuck", "suspect"], holds: { execute_insert: "lost-completion" } },
    ],
  };
}

function noRows(): Scenario {
  const s = spark("empty-day");
  const insert = "empty-day.execute_insert";
  return {
    name: "no rows were written, and the end is lost",
    origin: "rowCount 0 is legal, and is written",
    run: s.run,
    log: [
      s.root("START", 0),
      s.child(insert, "START", 8, { outputs: ["orders"] }),
      s.child(insert, "RUNNING", 300, { outputs: [counted("orders", 0)] }),
    ],
    asked: [{ at: minutes(30), state: "stuck", holds: { execute_insert: "lost-completion likely" } }],
  };
}

export const unfinishedWork: readonly Scenario[] = [
  checkpoints(),
  overwritesEachEpoch(),
  growsBeside(),
  datedPartition(),
  noRows(),
];
