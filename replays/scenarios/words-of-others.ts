/** What compute layers, logs, caches and checks say of a step, and what became of it after all. */
import { counted, hours, iso, minutes, probed, uuid } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import type { Json, Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
  "failed-upstream",
  "killed-process",
  "lost-node",
  "job-outlived",
  "unreachable-storage",
];
const report = (kind: string, at: number, more: Json = {}): Json => ({
  unstuck_compute: { kind, at: iso(at), target: "node-7", ...more },
});
const process = (more: Json): Json => ({ unstuck_process: { host: "node-7", pid: 4711, ...more } });
const told = (state: string): Json => ({ unstuck_attempt: { nodeKey: "train", number: 1, state } });

function sidecarKilled(): Scenario {
  const p = pipeline("sidecar");
  const train = p.step("train");
  return {
    name: "a helper process is killed for its memory, the step beats on",
    origin: "OOMKilled of one container or worker (Ray, Kubernetes): what lives after it was not killed",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      train.beats(11, 3600, 10),
      train.says("OTHER", 605, { facets: report("oom-killed", 604) }),
    ],
    asked: [
      { at: 640, state: "progressing", never: alarms },
      { at: 3600, state: "progressing", never: alarms },
    ],
  };
}

function warnedAndStays(): Scenario {
  const p = pipeline("warned");
  const train = p.step("train");
  return {
    name: "the log says that SIGTERM was received, and goes on",
    origin: "Preemption notices are caught, and work goes on from a checkpoint (spot machines)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { outputs: ["model"] }),
      train.says("OTHER", 300, {
        facets: process({ lastLogAt: iso(300), logTail: "received SIGTERM, saving" }),
      }),
      train.says("OTHER", 330, {
        facets: process({ lastLogAt: iso(330), logTail: "saved, going on\nepoch 4" }),
      }),
      train.says("OTHER", 900, { facets: process({ lastLogAt: iso(899), logTail: "epoch 9" }) }),
    ],
    asked: [
      { at: 340, state: "progressing", never: alarms },
      { at: 1200, state: "progressing", never: alarms },
    ],
  };
}

function exitedWell(): Scenario {
  const p = pipeline("exited");
  const train = p.step("train");
  return {
    name: "the process ended with code 0, its outputs are there, no end comes",
    origin: "Exit code and files are there, the event is not (Nextflow .exitcode, Argo task results)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { outputs: ["model"] }),
      train.says("OTHER", 600, {
        facets: process({ exitCode: 0 }),
        outputs: [probed("model", "written", { modifiedAt: 590 })],
      }),
    ],
    asked: [
      { at: 500, state: "progressing", never: alarms },
      { at: 900, state: "stuck", holds: { train: "lost-completion" } },
    ],
  };
}

function diedOfMemory(): Scenario {
  const p = pipeline("exit-137");
  const train = p.step("train");
  const other = pipeline("exit-137-other");
  return {
    name: "the process ended with code 137, and the beats stop",
    origin: "Exit code 137: killed for its memory (Prefect's registry of exit codes)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      train.beats(11, 300, 10),
      train.says("OTHER", 302, { facets: process({ exitCode: 137 }) }),
      other.starts(0, { interval: 10 }),
      other.beats(10, 2000, 10),
    ],
    asked: [{ at: 600, state: "stuck", holds: { train: "killed-process" } }],
  };
}

function cancelWithdrawn(): Scenario {
  const p = pipeline("withdrawn");
  const train = p.step("train");
  return {
    name: "a cancellation was asked for, and the source says Running again",
    origin: "The newest word of the source counts (Azure ML: CancelRequested may be refused)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { facets: told("Running") }),
      train.says("OTHER", 300, { facets: told("CancelRequested") }),
      train.says("OTHER", 360, { facets: told("Running") }),
    ],
    asked: [
      { at: 330, state: "progressing", never: [...alarms, "ignored-cancel"] },
      { at: hours(2), state: "progressing", never: [...alarms, "ignored-cancel"] },
    ],
  };
}

function scaledBack(): Scenario {
  const p = pipeline("scaled-back");
  const train = p.step("train");
  return {
    name: "a cluster loses all nodes, and has two again a minute later",
    origin: "Scaling and node repair: nodes that are back are back (Azure ML C10, C11)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { outputs: ["model"] }),
      train.says("OTHER", 600, { facets: report("node-count", 600, { count: 0 }) }),
      train.says("OTHER", 650, { facets: report("node-count", 650, { count: 2 }) }),
    ],
    asked: [
      { at: 640, state: "progressing", never: alarms },
      { at: hours(1), state: "progressing", never: alarms },
    ],
  };
}

function preemptedAfterEnd(): Scenario {
  const p = pipeline("preempted-late");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "a machine is taken away after the step on it had ended",
    origin: "Reports of machines come late: the end of an attempt wins (guard 1)",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ a: ["b"] }) }),
      a.runs(1, 60, 10, { outputs: [counted("x")] }),
      a.says("OTHER", 90, { facets: report("preempted", 62) }),
      b.starts(62, { interval: 10 }),
      b.beats(72, 1800, 10),
    ],
    asked: [
      { at: 1800, state: "progressing", holds: { a: "nothing" }, never: [...alarms, "conflicting-end"] },
    ],
  };
}

function checkedAgain(): Scenario {
  const p = pipeline("checked-again");
  const load = p.step("load");
  const checks = (success: boolean): Json => ({
    dataQualityAssertions: {
      assertions: [{ assertion: "unique", column: "id", success, severity: "error" }],
    },
  });
  return {
    name: "an assertion fails, the step writes anew, and it holds",
    origin: "A check is of what was there when it was made: the newest outcome counts",
    run: p.run,
    log: [
      p.starts(0),
      load.starts(1, { interval: 10, outputs: ["orders"] }),
      load.beats(11, 1500, 10),
      load.says("OTHER", 300, {
        inputs: [{ name: "orders", facets: checks(false) }],
        outputs: [probed("orders", "written", { modifiedAt: 290 })],
      }),
      load.says("OTHER", 500, { outputs: [probed("orders", "writing", { modifiedAt: 499, size: 10 })] }),
      load.says("OTHER", 1480, {
        inputs: [{ name: "orders", facets: checks(true) }],
        outputs: [probed("orders", "written", { modifiedAt: 1470 })],
      }),
    ],
    asked: [
      { at: 700, state: "progressing", never: [...alarms, "failing-validation"] },
      { at: 1500, state: "progressing", never: [...alarms, "failing-validation"] },
    ],
  };
}

function reusedFromFailed(): Scenario {
  const old = pipeline("origin-failed", { run: "old" });
  const p = pipeline("origin-failed", { run: "new" });
  const [was, fetch, train] = [old.step("fetch"), p.step("fetch"), p.step("train")];
  const hit: Json = {
    unstuck_cache: { status: "HIT", key: "k", reusedFrom: { runId: was.id(), nodeKey: "fetch" } },
  };
  return {
    name: "a step was reused from one that had failed, the run goes on",
    origin: "Reuse of what did not complete is worth a note, and holds nothing (Snakemake #3808)",
    run: p.run,
    log: [
      old.starts(0),
      was.starts(1, { outputs: ["raw"] }),
      was.fails(60, { error: "disk full" }),
      old.fails(61),
      p.starts(1000, { facets: p.plan({ fetch: ["train"] }) }),
      fetch.starts(1001, { facets: hit }),
      fetch.completes(1002, { facets: hit, outputs: ["raw"] }),
      train.starts(1003, { interval: 10 }),
      train.beats(1013, 2500, 10),
    ],
    asked: [{ at: 2500, state: "progressing", notes: { fetch: ["unfinished-original"] }, never: alarms }],
  };
}

function otherErrors(): Scenario {
  const p = pipeline("other-errors");
  const call = p.step("call");
  const errors = ["DNS lookup failed", "429 Too Many Requests", "schema mismatch"];
  return {
    name: "three tries failed for three reasons, the fourth works",
    origin: "Retries that fail differently are no loop; the try that runs may get through",
    run: p.run,
    log: [
      p.starts(0),
      ...errors.map((error, i) => [
        call.starts(1 + i * 100, { try: i + 1, maxAttempts: 5 }),
        call.fails(50 + i * 100, { try: i + 1, maxAttempts: 5, error }),
      ]),
      call.starts(301, { try: 4, maxAttempts: 5, interval: 10 }),
      call.beats(311, 2000, 10, { try: 4, maxAttempts: 5 }),
    ],
    asked: [
      { at: 280, state: "waiting", never: [...alarms, "retry-loop"] },
      { at: 2000, state: "progressing", holds: { call: "nothing" }, never: [...alarms, "retry-loop"] },
    ],
  };
}

function lockInOwnRun(): Scenario {
  const p = pipeline("own-lock");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "a step waits for a lock that a step of its own run has, which works",
    origin: "Waiting for a named holder that lives: nothing is stuck (Argo mutex)",
    run: p.run,
    log: [
      p.starts(0),
      a.starts(1, { interval: 10 }),
      a.beats(11, 4000, 10),
      b.says("OTHER", 5, {
        facets: {
          unstuck_wait: { kind: "lock", on: "table orders", holder: { runId: a.id() }, since: iso(5) },
        },
      }),
    ],
    asked: [
      {
        at: minutes(60),
        state: ["progressing", "waiting"],
        holds: { b: "held-lock", a: "nothing" },
        never: alarms,
      },
    ],
  };
}

function memoOfUnknown(): Scenario {
  const p = pipeline("unknown-origin");
  const fetch = p.step("fetch");
  const waits: Json = {
    unstuck_cache: { status: "WAITING", key: "k", reusedFrom: { runId: uuid("nobody") } },
  };
  return {
    name: "a step waits for the result of an execution that nobody knows",
    origin:
      "What is not known is said: a reservation in a cache that we never heard of (Flyte cache_serialize)",
    run: p.run,
    log: [p.starts(0), fetch.says("OTHER", 5, { facets: waits })],
    asked: [
      {
        at: hours(1),
        state: ["waiting", "progressing"],
        holds: { fetch: "unfinished-original possible" },
        never: alarms,
      },
    ],
  };
}

export const wordsOfOthers: readonly Scenario[] = [
  sidecarKilled(),
  warnedAndStays(),
  exitedWell(),
  diedOfMemory(),
  cancelWithdrawn(),
  scaledBack(),
  preemptedAfterEnd(),
  checkedAgain(),
  reusedFromFailed(),
  otherErrors(),
  lockInOwnRun(),
  memoOfUnknown(),
];
