/** Azure ML's own words, as a bridge tells them with our facets: states that are no end, ends that are not told. */
import { hours, iso, probed } from "../message.ts";
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
const azure = (state: string, more: Json = {}): Json => ({
  unstuck_attempt: { nodeKey: "train", number: 1, state },
  ...more,
});
const azureml = {
  namespace: "azureml/shop",
  producer: "https://example.test/azureml-bridge",
  jobType: { processingType: "BATCH", integration: "AZUREML", jobType: "PIPELINE" },
};

function ghost(): Scenario {
  const p = pipeline("ghost", azureml);
  const train = p.step("train");
  return {
    name: "the cluster has no nodes, the run is Running",
    origin: "Ghost run: node count 0 under a running attempt (Azure ML C11)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: azure("Running") }),
      train.says("OTHER", 600, { facets: azure("Running", report("node-count", 600, { count: 0 })) }),
    ],
    asked: [
      { at: 590, state: "progressing" },
      { at: 900, state: "stuck", holds: { train: "lost-node" } },
    ],
  };
}

function scaledUp(): Scenario {
  const p = pipeline("scaling", azureml);
  const train = p.step("train");
  return {
    name: "the cluster scales from no nodes, the run is Running before them",
    origin: "A pipeline is Running minutes before its step starts (Azure ML 1.4: cluster resizing)",
    run: p.run,
    log: [
      p.starts(0),
      train.says("OTHER", 5, { facets: azure("Queued", report("node-count", 5, { count: 0 })) }),
      train.says("OTHER", 200, { facets: azure("Preparing", report("node-count", 200, { count: 2 })) }),
      train.starts(260, { facets: azure("Running") }),
    ],
    asked: [
      { at: 150, state: ["progressing", "waiting"], never: [...alarms, "lost-node"] },
      { at: 900, state: "progressing", never: [...alarms, "lost-node"] },
    ],
  };
}

function cancelObeyed(): Scenario {
  const p = pipeline("cancelled", azureml);
  const train = p.step("train");
  return {
    name: "cancelled, and it obeys after five minutes",
    origin: "CancelRequested is post-processing, not a fault (Azure ML 1.2)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: azure("Running") }),
      train.says("OTHER", 100, { facets: azure("CancelRequested") }),
      train.says("ABORT", 400, { facets: azure("Canceled") }),
      p.says("ABORT", 402),
    ],
    asked: [
      { at: 300, state: ["progressing", "waiting"], never: [...alarms, "ignored-cancel"] },
      { at: 500, state: "finished", never: [...alarms, "ignored-cancel"] },
    ],
  };
}

function cancelIgnored(): Scenario {
  const p = pipeline("uncancelled", azureml);
  const train = p.step("train");
  return {
    name: "cancelled, and its log grows on for hours",
    origin: "CancelRequested for 40 hours, logs still written (Azure ML C18)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: azure("Running") }),
      train.says("OTHER", 100, { facets: azure("CancelRequested") }),
      [600, 1_200, 3_600].map((at) =>
        train.says("OTHER", at, {
          facets: azure("CancelRequested", { unstuck_process: { lastLogAt: iso(at - 5), host: "gpu-3" } }),
        }),
      ),
    ],
    asked: [{ at: hours(1) + 5, state: "stuck", holds: { train: "ignored-cancel" } }],
  };
}

function jobSucceeded(): Scenario {
  const p = pipeline("handoff", azureml);
  const train = p.step("train");
  return {
    name: "the compute layer says JobSucceeded, the run stays open",
    origin: "Completion hand-off lost (Azure ML C6, C7): the strongest single rule",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: azure("Running") }),
      train.says("OTHER", 600, { facets: azure("Finalizing", report("job-succeeded", 600)) }),
    ],
    asked: [
      { at: 700, state: "progressing", never: alarms },
      // RULES let both claim where no output is owed: all of none is written, and the job has ended.
      {
        at: hours(1),
        state: "stuck",
        holds: { train: ["job-outlived", "lost-completion proven", "lingering-finalization"] },
      },
    ],
  };
}

function notResponding(): Scenario {
  const p = pipeline("not-responding", azureml);
  const train = p.step("train");
  return {
    name: "NotResponding, then Running again",
    origin: "Terminal for pollers, recoverable in fact (Azure ML C9): a note, not a death",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: azure("Running") }),
      train.says("OTHER", 600, { facets: azure("NotResponding") }),
      train.says("OTHER", 900, { facets: azure("Running") }),
      train.completes(1_200, { facets: azure("Completed"), outputs: ["model"] }),
      p.completes(1_203),
    ],
    asked: [
      { at: 700, state: "progressing", notes: { train: ["client-gave-up"] }, never: alarms },
      { at: 1_000, state: "progressing", never: [...alarms, "client-gave-up"] },
      { at: 1_300, state: "finished", never: [...alarms, "client-gave-up"] },
    ],
  };
}

function finalizing(): Scenario {
  const p = pipeline("uploading", azureml);
  const train = p.step("train");
  return {
    name: "Finalizing, and a big upload grows",
    origin: "mode: upload of big outputs: finalizing is work (Azure ML C4)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { facets: azure("Running"), outputs: ["model"] }),
      Array.from({ length: 40 }, (_, i) => 600 + i * 60).map((at) =>
        train.says("OTHER", at, {
          facets: azure("Finalizing"),
          outputs: [probed("model", "writing", { size: at * 1e6, modifiedAt: at - 1 })],
        }),
      ),
    ],
    asked: [
      { at: 1_200, state: "progressing", never: [...alarms, "lingering-finalization"] },
      // Written without it; but RULES have growing outputs make lingering-finalization a note of life.
      {
        at: 2_990,
        state: ["progressing", "slow"],
        holds: { train: "lingering-finalization?" },
        never: alarms,
      },
    ],
  };
}

export const azureScenarios: readonly Scenario[] = [
  ghost(),
  scaledUp(),
  cancelObeyed(),
  cancelIgnored(),
  jobSucceeded(),
  notResponding(),
  finalizing(),
];
