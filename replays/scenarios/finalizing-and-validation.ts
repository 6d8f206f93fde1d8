/** Finalizing, validation and drift, partial outputs, idleness, slowness, runs that clients leave open. RULES: Completion, Validation. */
import { days, hours, iso, minutes, probed } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import type { Json, Scenario } from "../scenario.ts";

const azureml = {
  namespace: "azureml/shop",
  producer: "https://example.test/azureml-bridge",
  jobType: { processingType: "BATCH", integration: "AZUREML", jobType: "PIPELINE" },
};
const azure = (state: string): Json => ({ unstuck_attempt: { nodeKey: "train", number: 1, state } });

function hangingFinalization(): Scenario {
  const p = pipeline("finalizing", azureml);
  const train = p.step("train");
  return {
    name: "Finalizing for twelve hours, outputs whole and still",
    origin: "Finalizing for hours, a defect of the service (Azure ML C6)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: azure("Running"), outputs: ["model"] }),
      train.says("OTHER", 600, { facets: azure("Finalizing") }),
    ],
    asked: [
      { at: 700, state: "progressing" },
      // Written as stuck; but RULES measure by the learned range, and none is known here. The next scenario knows one.
      { at: hours(12), state: ["stuck", "suspect"], holds: { train: "lingering-finalization" } },
    ],
  };
}

function finalizingLongerThanEver(): Scenario {
  const past = [1, 2, 3, 4, 5, 6].map((n) => {
    const p = pipeline("finalizing-known", { ...azureml, run: `past ${n}` });
    const train = p.step("train");
    const from = -days(n);
    return [
      p.starts(from),
      train.starts(from + 5, { facets: azure("Running"), outputs: ["model"] }),
      train.says("OTHER", from + 600, { facets: azure("Finalizing") }),
      train.completes(from + 660 + n, { facets: azure("Completed"), outputs: ["model"] }),
      p.completes(from + 670),
    ];
  });
  const p = pipeline("finalizing-known", azureml);
  const train = p.step("train");
  return {
    name: "Finalizing for an hour, which took a minute six times before",
    origin:
      "Finalizing for hours, a defect of the service (Azure ML C6); RULES: longer than its learned range",
    run: p.run,
    log: [
      ...past,
      p.starts(0),
      train.starts(5, { facets: azure("Running"), outputs: ["model"] }),
      train.says("OTHER", 600, { facets: azure("Finalizing") }),
    ],
    asked: [
      { at: 650, state: "progressing", never: ["lost-completion", "lingering-finalization"] },
      { at: hours(1), state: "stuck", holds: { train: "lingering-finalization likely" } },
    ],
  };
}

function finalizingAfterSuccess(): Scenario {
  const p = pipeline("finalizing-usual", azureml);
  const train = p.step("train");
  return {
    name: "job succeeded, outputs there, Finalizing for eight minutes",
    origin:
      "JobSucceeded is how every Finalizing begins: it then collects logs and metrics (Azure ML 1.2, C4)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: azure("Running"), outputs: ["model"] }),
      train.says("OTHER", 600, {
        facets: {
          ...azure("Finalizing"),
          unstuck_compute: { kind: "job-succeeded", at: iso(598), target: "gpu-cluster" },
        },
        outputs: [probed("model", "written", { modifiedAt: 590, seenBy: "blob-probe" })],
      }),
      train.completes(1_080, { facets: azure("Completed"), outputs: ["model"] }),
      p.completes(1_082),
    ],
    asked: [
      { at: 720, state: "progressing", never: ["lost-completion", "lingering-finalization", "job-outlived"] },
      {
        at: 1_070,
        state: "progressing",
        never: ["lost-completion", "lingering-finalization", "job-outlived"],
      },
      { at: 1_100, state: "finished" },
    ],
  };
}

function finalizingBriefly(): Scenario {
  const p = pipeline("finalizing-briefly", azureml);
  const train = p.step("train");
  return {
    name: "Finalizing for four minutes, the outputs were written before",
    origin:
      "Outputs are visible as they are written; Finalizing then collects logs and metrics (Azure ML 1.2)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: azure("Running"), outputs: ["model"] }),
      train.says("OTHER", 600, {
        facets: azure("Finalizing"),
        outputs: [probed("model", "written", { modifiedAt: 590, seenBy: "blob-probe" })],
      }),
      train.completes(840, { facets: azure("Completed"), outputs: ["model"] }),
      p.completes(842),
    ],
    asked: [
      {
        at: 720,
        state: "progressing",
        never: ["lost-completion", "hung-after-output", "lingering-finalization"],
      },
      {
        at: 830,
        state: "progressing",
        never: ["lost-completion", "hung-after-output", "lingering-finalization"],
      },
      { at: 900, state: "finished" },
    ],
  };
}

function validates(n: number, at: number, p = pipeline("validating")) {
  const load = p.step("load");
  const assertions = [
    {
      assertion: "not_null",
      column: "price",
      success: false,
      severity: "error",
      expected: "0",
      actual: "17",
    },
  ];
  return [
    load.starts(at, { try: n, maxAttempts: 9, outputs: ["orders"] }),
    load.says("RUNNING", at + 20, {
      try: n,
      inputs: [{ name: "orders", facets: { dataQualityAssertions: { assertions } } }],
      outputs: [probed("orders", "written", { modifiedAt: at + 18 })],
    }),
  ];
}

function failingValidation(): Scenario {
  const p = pipeline("invalid");
  return {
    name: "outputs are there, an assertion on them fails, no end comes",
    origin: "RULES failing-validation",
    run: p.run,
    log: [p.starts(0), validates(1, 5, p)],
    asked: [{ at: minutes(30), state: "stuck", holds: { load: "failing-validation" } }],
  };
}

function validationLoop(): Scenario {
  const p = pipeline("validating");
  const load = p.step("load");
  return {
    name: "three executions in a row fail the same assertion",
    origin: "RULES validation-loop",
    run: p.run,
    log: [
      p.starts(0),
      [1, 2, 3].flatMap((n) => [
        ...validates(n, n * 100, p),
        load.fails(n * 100 + 30, { try: n, maxAttempts: 9 }),
      ]),
      validates(4, 400, p),
    ],
    asked: [{ at: 500, state: "stuck", holds: { load: "validation-loop" } }],
  };
}

function driftedSchema(): Scenario {
  const schema = (...fields: string[]) => ({
    name: "orders",
    facets: { schema: { fields: fields.map((name) => ({ name, type: "string" })) } },
  });
  const before = pipeline("drifting", { run: "before" });
  const p = pipeline("drifting");
  const load = p.step("load");
  return {
    name: "an input has lost a column since the last good run",
    origin: "RULES drifted-schema: a note, which holds nothing by itself",
    run: p.run,
    log: [
      before.starts(-days(1)),
      before.step("load").runs(5 - days(1), 60 - days(1), undefined, { inputs: [schema("id", "price")] }),
      before.completes(62 - days(1)),
      p.starts(0),
      load.starts(5, { interval: 10, inputs: [schema("id", "cost")] }),
      load.beats(15, 600, 10),
    ],
    asked: [{ at: 300, state: "progressing", notes: { load: ["drifted-schema"] } }],
  };
}

function partialOutputs(): Scenario {
  const p = pipeline("partial");
  const train = p.step("train");
  return {
    name: "one of three outputs is written, and nothing grows",
    origin: "RULES partial-outputs (Azure ML C25)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { outputs: ["model", "metrics", "report"] }),
      train.says("OTHER", 300, {
        outputs: [probed("model", "written", { modifiedAt: 298, seenBy: "s3-probe" })],
      }),
    ],
    asked: [{ at: hours(5), state: ["stuck", "suspect"], holds: { train: "partial-outputs" } }],
  };
}

function idle(known: boolean): Scenario {
  const name = known ? "idle-known" : "idle";
  const past = known ? [1, 2, 3, 4, 5, 6] : [];
  const before = past.map((n) => {
    const p = pipeline(name, { run: `past ${n}` });
    const from = -days(n);
    return [p.starts(from), ...p.step("train").runs(from + 5, from + 900 + n, 60), p.completes(from + 910)];
  });
  const p = pipeline(name);
  const train = p.step("train");
  const facets = {
    unstuck_heartbeat: { interval: 60, progress: { done: 7, total: 50, unit: "epochs" }, cpuSeconds: 812.5 },
    unstuck_process: { host: "gpu-3", pid: 4711, lastLogAt: iso(120) },
  };
  return {
    name: `beats go on for six hours, progress, CPU and log stand still${known ? ", and it takes 15 minutes" : ""}`,
    origin: "A beat thread goes on while the work hangs (Airflow, kanchi)",
    run: p.run,
    log: [
      ...before,
      p.starts(0),
      train.starts(1, { interval: 60 }),
      Array.from({ length: 360 }, (_, i) => 61 + i * 60).map((at) => train.says("RUNNING", at, { facets })),
    ],
    asked: [
      known
        ? { at: hours(6), state: "stuck", holds: { train: "idle-heartbeat likely" } }
        : // Written as an alarm; but RULES measure by what is learned, and a first run has learned nothing.
          { at: hours(6), state: ["progressing", "slow"], holds: { train: "idle-heartbeat possible" } },
    ],
  };
}

function slow(): Scenario {
  const past = Array.from({ length: 20 }, (_, i) => i + 1).map((n) => {
    const p = pipeline("slow", { run: `past ${n}` });
    return [
      p.starts(-days(n)),
      ...p.step("train").runs(5 - days(n), 600 + n - days(n), 60),
      p.completes(602 + n - days(n)),
    ];
  });
  const p = pipeline("slow");
  const train = p.step("train");
  return {
    name: "six times as long as twenty times before",
    origin: "RULES slow-attempt: past the p95 of its own history",
    run: p.run,
    log: [...past, p.starts(0), train.starts(5, { interval: 10 }), train.beats(15, 3_600, 10)],
    asked: [
      { at: 500, state: "progressing" },
      { at: 3_600, state: "slow", holds: { train: "slow-attempt" } },
    ],
  };
}

function clientRun(): Scenario {
  const p = pipeline("notebook", {
    namespace: "mlflow/experiments",
    producer: "https://example.test/mlflow-bridge",
  });
  return {
    name: "a notebook's run was never ended",
    origin: "MLflow keeps RUNNING after the process is gone (Azure ML C14)",
    run: p.run,
    log: [
      p.starts(0, {
        jobFacets: { jobType: { processingType: "BATCH", integration: "MLFLOW", jobType: "RUN" } },
      }),
      p.says("RUNNING", 300),
    ],
    asked: [
      { at: hours(1), state: "progressing" },
      { at: days(3), state: ["stuck", "suspect"], holds: { notebook: "unclosed-client-run" } },
    ],
  };
}

export const validation: readonly Scenario[] = [
  hangingFinalization(),
  finalizingLongerThanEver(),
  finalizingAfterSuccess(),
  finalizingBriefly(),
  failingValidation(),
  validationLoop(),
  driftedSchema(),
  partialOutputs(),
  idle(false),
  idle(true),
  slow(),
  clientRun(),
];
