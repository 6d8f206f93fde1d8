/** Machines: lost, killed, full, out of reach; and how long is long. RULES: Compute. */
import { days, hours, iso, minutes, probed } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import type { Json, Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
];
const report = (kind: string, at: number, more: Json = {}): Json => ({
  unstuck_compute: { kind, at: iso(at), target: "gpu-3", ...more },
});

function preemptedAgain(): Scenario {
  const p = pipeline("preempted");
  const train = p.step("train");
  return {
    name: "a spot machine is taken away, the next try starts",
    origin: "Pre-empted nodes restart by themselves (Azure ML C10); a new attempt reopens the node",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 300, 10),
      train.says("OTHER", 305, { facets: report("preempted", 304) }),
      train.starts(345, { try: 2, interval: 10 }),
      train.beats(355, 1_500, 10, { try: 2 }),
    ],
    asked: [
      { at: 320, state: ["progressing", "waiting"], never: alarms },
      { at: 600, state: "progressing", holds: { train: "nothing" }, never: [...alarms, "lost-node"] },
      { at: 1_500, state: "progressing", never: [...alarms, "lost-node"] },
    ],
  };
}

function preemptedForGood(): Scenario {
  const p = pipeline("taken");
  const train = p.step("train");
  return {
    name: "a spot machine is taken away, and nothing follows",
    origin: "'You have to restart a preempted job' (Azure ML C10)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 300, 10),
      train.says("OTHER", 305, { facets: report("preempted", 304) }),
    ],
    asked: [{ at: 600, state: "stuck", holds: { train: "lost-node" }, never: ["silent-heartbeat"] }],
  };
}

function oomRetried(): Scenario {
  const p = pipeline("oom-retried");
  const train = p.step("train");
  return {
    name: "killed for its memory, then tried again",
    origin: "OOM with an automatic retry in retry-001 (Azure ML C28)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, maxAttempts: 3 }),
      train.beats(11, 100, 10),
      train.says("OTHER", 105, { facets: report("oom-killed", 104) }),
      train.fails(110, { maxAttempts: 3, error: "exit code 137" }),
      train.starts(150, { try: 2, maxAttempts: 3, interval: 10 }),
      train.beats(160, 900, 10, { try: 2 }),
    ],
    asked: [
      { at: 130, state: ["progressing", "waiting"], never: [...alarms, "killed-process"] },
      { at: 500, state: "progressing", never: [...alarms, "killed-process"] },
    ],
  };
}

function oomForGood(): Scenario {
  const p = pipeline("oom");
  const train = p.step("train");
  return {
    name: "killed for its memory, and nobody says the end",
    origin: "Worker SIGKILL or OOM: no FAIL from the worker (Airflow)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 100, 10),
      train.says("OTHER", 105, { facets: report("oom-killed", 104) }),
    ],
    asked: [{ at: 400, state: "stuck", holds: { train: "killed-process" }, never: ["silent-heartbeat"] }],
  };
}

function signalled(): Scenario {
  const p = pipeline("signalled");
  const train = p.step("train");
  return {
    name: "the process ended by signal 9, and the run goes on",
    origin: "Exit code 137 seen by the shell, the run RUNNING for ever (MLflow after SIGTERM)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1),
      train.says("OTHER", 300, { facets: { unstuck_process: { host: "gpu-3", pid: 4711, exitCode: 137 } } }),
    ],
    asked: [{ at: 700, state: "stuck", holds: { train: "killed-process" } }],
  };
}

function imageRecovers(): Scenario {
  const p = pipeline("image");
  const train = p.step("train");
  return {
    name: "an image is pulled at the third try",
    origin: "ErrImagePull heals by itself (Kubernetes); misread as permanent (Argo)",
    run: p.run,
    log: [
      p.starts(0),
      [20, 50, 110].map((at) =>
        train.says("OTHER", at, {
          facets: report("image-pull", at, { message: "back-off: 503 from registry" }),
        }),
      ),
      train.starts(190, { interval: 10 }),
      train.beats(200, 1_500, 10),
    ],
    asked: [
      { at: 120, state: ["progressing", "waiting"], never: alarms },
      { at: 300, state: "progressing", never: [...alarms, "unpullable-image"] },
      { at: 1_500, state: "progressing", never: [...alarms, "unpullable-image"] },
    ],
  };
}

function imageNever(): Scenario {
  const p = pipeline("no-image");
  const train = p.step("train");
  return {
    name: "an image cannot be had for twenty minutes",
    origin: "ImagePullBackOff under a run shown as running (Argo, Kubernetes)",
    run: p.run,
    log: [
      p.starts(0),
      [20, 50, 110, 230, 530, 830, 1_130].map((at) =>
        train.says("OTHER", at, { facets: report("image-pull", at, { message: "manifest unknown" }) }),
      ),
    ],
    asked: [{ at: minutes(20), state: "stuck", holds: { train: "unpullable-image" } }],
  };
}

function storageRecovers(): Scenario {
  const p = pipeline("storage");
  const train = p.step("train");
  return {
    name: "storage is out of reach for a minute, the work goes on",
    origin: "Clients of storage try again by themselves: one error is no end",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.says("RUNNING", 100, { interval: 10, facets: report("storage-unreachable", 100) }),
      train.beats(111, 1_500, 10, { facets: { unstuck_heartbeat: { interval: 10, progress: { done: 5 } } } }),
      train.says("RUNNING", 200, {
        interval: 10,
        outputs: [probed("model", "writing", { size: 5, modifiedAt: 199 })],
      }),
    ],
    asked: [
      { at: 150, state: "progressing", never: alarms },
      { at: 1_500, state: "progressing", never: [...alarms, "unreachable-storage"] },
    ],
  };
}

function storageGone(): Scenario {
  const p = pipeline("no-storage");
  const train = p.step("train");
  return {
    name: "storage out of reach is the last thing that it said",
    origin: "A private endpoint blocks outputs and logs (Azure ML C8)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { outputs: ["model"] }),
      train.says("OTHER", 100, {
        facets: report("storage-unreachable", 100, { message: "AuthorizationFailure" }),
      }),
    ],
    asked: [
      { at: 160, state: ["progressing", "waiting", "suspect"] },
      { at: minutes(20), state: "stuck", holds: { train: "unreachable-storage" } },
    ],
  };
}

function jobSucceededWritten(): Scenario {
  const p = pipeline("argo-result", { namespace: "argo-prod" });
  const train = p.step("train");
  return {
    name: "pod succeeded, artifacts saved, the task's result never came",
    origin: "Argo: WorkflowTaskResult lost, workflow running for six days",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { outputs: ["model"] }),
      train.says("OTHER", 600, {
        facets: report("job-succeeded", 600),
        outputs: [probed("model", "written", { modifiedAt: 590, seenBy: "s3-probe" })],
      }),
    ],
    asked: [
      { at: 620, state: "progressing", never: alarms },
      { at: minutes(30), state: "stuck", holds: { train: ["lost-completion proven", "job-outlived"] } },
    ],
  };
}

function jobSucceededEmpty(): Scenario {
  const p = pipeline("job-without-output", { namespace: "argo-prod" });
  const train = p.step("train");
  return {
    name: "pod succeeded, what it owed is not there, the step stays open",
    origin: "Step shown completed that never ran, or saved nothing (Kubeflow, Argo)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { outputs: ["model"] }),
      train.says("OTHER", 600, { facets: report("job-succeeded", 600) }),
    ],
    asked: [
      { at: 700, state: "progressing", never: alarms },
      { at: hours(1), state: "stuck", holds: { train: "job-outlived" }, never: ["lost-completion"] },
    ],
  };
}

function longButUsual(): Scenario {
  const past = [1, 2, 3, 4, 5, 6].map((n) => {
    const p = pipeline("long", { run: `past ${n}` });
    return [
      p.starts(-days(n)),
      ...p.step("train").runs(5 - days(n), hours(5 + n / 10) - days(n), undefined, { outputs: ["model"] }),
      p.completes(hours(5 + n / 10) + 2 - days(n)),
    ];
  });
  const p = pipeline("long");
  return {
    name: "five hours, as it always takes",
    origin: "Long is not stuck: its own history says what is usual",
    run: p.run,
    log: [...past, p.starts(0), p.step("train").starts(5)],
    asked: [
      { at: hours(2), state: "progressing", never: [...alarms, "slow-attempt"] },
      { at: hours(4.9), state: "progressing", never: [...alarms, "slow-attempt"] },
    ],
  };
}

function threeSamples(): Scenario {
  const past = [1, 2, 3].map((n) => {
    const p = pipeline("few", { run: `past ${n}` });
    return [
      p.starts(-days(n)),
      ...p.step("train").runs(5 - days(n), 600 - days(n), 10),
      p.completes(602 - days(n)),
    ];
  });
  const p = pipeline("few");
  const train = p.step("train");
  return {
    name: "six times as long as ever, but only three times are known",
    origin: "RULES slow-attempt: at least five finished attempts",
    run: p.run,
    log: [...past, p.starts(0), train.starts(5, { interval: 10 }), train.beats(15, 3_600, 10)],
    asked: [{ at: 3_600, state: "progressing", never: [...alarms, "slow-attempt"] }],
  };
}

export const compute: readonly Scenario[] = [
  preemptedAgain(),
  preemptedForGood(),
  oomRetried(),
  oomForGood(),
  signalled(),
  imageRecovers(),
  imageNever(),
  storageRecovers(),
  storageGone(),
  jobSucceededWritten(),
  jobSucceededEmpty(),
  longButUsual(),
  threeSamples(),
];
