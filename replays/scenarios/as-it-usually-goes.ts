/** What earlier runs teach, and words that say more than silence: work after the outputs, slow polls, boundaries. */
import { days, hours, minutes, probed } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import type { Json, Received, Scenario } from "../scenario.ts";

const alarms = ["lost-completion", "hung-after-output", "silent-heartbeat", "lingering-finalization"];

/** Six earlier runs and today's: the table is there after a hundred seconds, and is then indexed for a quarter of an hour. */
function indexed(interval: number | undefined): Scenario {
  const name = interval === undefined ? "indexes-quietly" : "indexes-and-beats";
  const day = (run: string, from: number, to: number): Received[] => {
    const p = pipeline(name, { run });
    const load = p.step("load");
    const says = interval === undefined ? {} : { interval };
    return [
      p.starts(from),
      load.starts(from + 1, says),
      ...(interval === undefined ? [] : load.beats(from + 1 + interval, to - 1, interval)),
      load.says("RUNNING", from + 100, { ...says, outputs: [probed("orders", "written")] }),
    ];
  };
  const before = [1, 2, 3, 4, 5, 6].flatMap((n) => {
    const p = pipeline(name, { run: `${n}` });
    const from = -days(n);
    return [
      ...day(`${n}`, from, from + 1_000),
      p.step("load").completes(from + 1_000),
      p.completes(from + 1_001),
    ];
  });
  return {
    name: `a table is there after 100 s and indexed for 15 min${interval === undefined ? ", as always" : ", as always, and it beats"}`,
    origin:
      "Learned post-processing time: outputs that are there are not the end of the work (issue of learned baselines)",
    run: pipeline(name, { run: "today" }).run,
    log: [...before, ...day("today", 0, hours(1))],
    asked: [
      { at: 400, state: ["progressing", "slow"], never: alarms },
      { at: 950, state: ["progressing", "slow"], never: alarms },
      {
        at: minutes(40),
        state: "stuck",
        holds: { load: interval === undefined ? "lost-completion" : "hung-after-output" },
      },
    ],
  };
}

function polledUpload(): Scenario {
  const p = pipeline("polled-upload");
  const train = p.step("train");
  const finalizing = (at: number, more: Json = {}): Received =>
    train.says("OTHER", at, {
      facets: { unstuck_attempt: { nodeKey: "train", number: 1, state: "Finalizing" } },
      ...more,
    });
  const polls = Array.from({ length: 60 }, (_, i) =>
    finalizing(720 + i * 120, { outputs: [probed("model", "writing", { size: 1e6 * (i + 1) })] }),
  );
  return {
    name: "Finalizing for two hours, and each second minute a poll sees the upload grow",
    origin:
      "An upload at the end is healthy while it grows (Azure ML C4); between two polls it is no more still",
    run: p.run,
    log: [p.starts(0), train.starts(5, { outputs: ["model"] }), finalizing(600), ...polls],
    asked: [
      { at: 5_390, state: ["progressing", "slow"], never: ["lost-completion"] },
      { at: 5_430, state: ["progressing", "slow"], never: ["lost-completion"] },
      { at: 7_800 + minutes(6), state: ["stuck", "suspect"], holds: { train: "lingering-finalization" } },
    ],
  };
}

function jobOnly(): Scenario {
  const p = pipeline("job-only");
  const train = p.step("train");
  return {
    name: "the compute layer says that the job succeeded, of outputs nothing is known",
    origin: "RULES job-outlived: that its outputs are there is no claim where none was ever named",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5),
      train.says("OTHER", 100, { facets: { unstuck_compute: { kind: "job-succeeded", target: "aks-1" } } }),
    ],
    asked: [
      { at: 110, state: "progressing", never: ["job-outlived", "lost-completion"] },
      { at: minutes(15), state: "stuck", holds: { train: "job-outlived" }, never: ["lost-completion"] },
    ],
  };
}

function aSecondOlder(): Scenario {
  const p = pipeline("a-second-older");
  const train = p.step("train");
  return {
    name: "the file is one second older than the attempt",
    origin: "Guards 4 and 5: modified before the attempt's start is not its work",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { outputs: ["model"] }),
      train.says("OTHER", 100, { outputs: [probed("model", "written", { modifiedAt: 4, seenBy: "probe" })] }),
    ],
    asked: [
      { at: 400, state: "progressing", notes: { train: ["foreign-outputs"] }, never: ["lost-completion"] },
    ],
  };
}

function firstOfItsKind(): Scenario {
  const p = pipeline("first-of-its-kind");
  const [off, forced] = [p.step("off"), p.step("forced")];
  const cache = (status: string): Json => ({ unstuck_cache: { status } });
  return {
    name: "reuse is off for a step and bypassed for another, in the first run of the pipeline",
    origin:
      "RULES disabled-reuse and forced-rerun: the source said so, whether or not there was something to reuse",
    run: p.run,
    log: [
      p.starts(0),
      off.starts(5, { facets: cache("DISABLED") }),
      forced.starts(6, { facets: cache("BYPASSED") }),
    ],
    asked: [{ at: 60, state: "progressing", notes: { off: ["disabled-reuse"], forced: ["forced-rerun"] } }],
  };
}

function notRespondingElsewhere(): Scenario {
  const p = pipeline("not-responding");
  const train = p.step("train");
  return {
    name: "a bridge passes on NotResponding, and does not say that it is Azure ML's",
    origin: "RULES client-gave-up: pollers return on it (Azure ML 1.2, C9)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5),
      train.says("OTHER", 100, { facets: { unstuck_attempt: { nodeKey: "train", state: "NotResponding" } } }),
    ],
    asked: [{ at: 300, state: "progressing", notes: { train: ["client-gave-up"] } }],
  };
}

function firstStepIsLate(): Scenario {
  const plan = { a: ["b"], z: [] };
  const past = [1, 2, 3, 4, 5, 6].flatMap((n) => {
    const p = pipeline("first-is-late", { run: `${n}` });
    const from = -days(n);
    const [a, z, b] = [p.step("a"), p.step("z"), p.step("b")];
    return [
      p.starts(from, { jobFacets: p.plan(plan) }),
      a.runs(from + 4, from + 90),
      z.runs(from + 5, from + 4_000),
      b.runs(from + 92, from + 120),
      p.completes(from + 4_001),
    ].flat();
  });
  const p = pipeline("first-is-late", { run: "today" });
  return {
    name: "the first step starts within seconds of its run each day, today it does not, another works and ends",
    origin:
      "RULES never-started: what is learned of its delay, also of a step that waits for nothing but its run",
    run: p.run,
    log: [past, p.starts(0, { jobFacets: p.plan(plan) }), p.step("z").runs(5, 4_000)],
    asked: [
      { at: 50, state: "progressing" },
      // While the other works, it may have the only slot of the day.
      { at: minutes(15), state: "progressing", never: ["never-started"] },
      { at: 4_090, state: "stuck", holds: { a: "never-started likely", b: "blocked-upstream?" } },
    ],
  };
}

export const asItUsuallyGoes: readonly Scenario[] = [
  indexed(undefined),
  indexed(30),
  polledUpload(),
  jobOnly(),
  aSecondOlder(),
  firstOfItsKind(),
  notRespondingElsewhere(),
  firstStepIsLate(),
];
