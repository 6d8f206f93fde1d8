/** Life signs: what beats prove, and what their absence does not. RULES: guards 1, 2, 7; silent-heartbeat. */
import { hours, iso, minutes, withRunFacet } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import type { Scenario } from "../scenario.ts";

const deaths = ["silent-heartbeat", "lost-completion", "hung-after-output", "lost-node"];

function lateBeats(): Scenario {
  const p = pipeline("late-beats");
  const train = p.step("train");
  const report = p.step("report");
  return {
    name: "beats arrive after the end",
    origin: "Completed runs turned Crashed by a beat that came after the end (Prefect); guard 1",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ train: ["report"] }) }),
      train.runs(1, 100, 10, { outputs: ["model"] }),
      train.beats(105, 125, 10, { interval: 10 }),
      report.starts(102, { interval: 10 }),
      report.beats(112, 400, 10),
      report.completes(405),
      p.completes(406),
    ],
    asked: [
      { at: 130, state: "progressing", holds: { train: "nothing" }, never: deaths },
      { at: 300, state: "progressing", holds: { train: "nothing" }, never: deaths },
      { at: 500, state: "finished", never: deaths },
    ],
  };
}

function parentBeatsChildDied(): Scenario {
  const p = pipeline("parent-alive");
  const train = p.step("train");
  return {
    name: "the parent beats on, its child died",
    origin: "A run's beat took 30 dead tasks for alive (Metaflow); guard 7",
    run: p.run,
    log: [
      p.starts(0, { interval: 10 }),
      p.beats(10, 600, 10),
      train.starts(5, { interval: 10, outputs: ["model"] }),
      train.beats(15, 105, 10),
    ],
    asked: [
      { at: 128, state: "progressing", never: deaths },
      { at: 133, state: "suspect", holds: { train: "silent-heartbeat possible" } },
      { at: 145, state: "stuck", holds: { train: "silent-heartbeat" }, never: ["hung-after-output"] },
      { at: 600, state: "stuck", holds: { train: "silent-heartbeat", "parent-alive": "nothing" } },
    ],
  };
}

function childBeatsParentSilent(): Scenario {
  const p = pipeline("child-alive");
  const train = p.step("train");
  return {
    name: "the parent's beats stopped, its child beats on",
    origin: "A zombie by the local beat, while the remote job ran on (Airflow); guard 7",
    run: p.run,
    log: [
      p.starts(0, { interval: 10 }),
      p.beats(10, 100, 10),
      train.starts(5, { interval: 10 }),
      train.beats(15, 900, 10),
    ],
    asked: [
      { at: 140, state: "progressing", holds: { train: "nothing", "child-alive": "silent-heartbeat?" } },
      { at: 900, state: "progressing", holds: { train: "nothing", "child-alive": "silent-heartbeat?" } },
    ],
  };
}

function allSilentInOne(): Scenario {
  const p = pipeline("deepest");
  const other = pipeline("elsewhere");
  const group = p.step("fit");
  const fold = p.step("fold", { run: group.id(), name: "deepest.fit" });
  return {
    name: "three levels fall silent, others of the source go on",
    origin: "Parents blamed for a leaf that died; guard 7: the deepest unfinished attempt is blamed",
    run: p.run,
    log: [
      p.starts(0, { interval: 10 }),
      p.beats(10, 200, 10),
      group.starts(2, { interval: 10 }),
      group.beats(12, 200, 10),
      fold.starts(4, { interval: 10 }),
      fold.beats(14, 200, 10),
      other.starts(0, { interval: 10 }),
      other.beats(10, 900, 10),
    ],
    asked: [
      {
        at: 600,
        state: "stuck",
        holds: { "fit/fold": "silent-heartbeat", fit: "silent-heartbeat?", deepest: "silent-heartbeat?" },
      },
    ],
  };
}

function jitter(): Scenario {
  const p = pipeline("jitter");
  const train = p.step("train");
  const beats = [8, 21, 29, 43, 50, 64, 71, 85, 92, 106, 113, 127, 134, 148];
  return {
    name: "beats jitter between 7 and 14 s",
    origin: "Thresholds too eager for a busy worker (Metaflow)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      beats.map((at) => train.says("RUNNING", at, { interval: 10, lag: at % 2 === 0 ? 1.5 : 0.1 })),
    ],
    asked: [43, 64, 85, 106, 127, 148, 160].map((at) => ({ at: at - 0.5, state: "progressing" as const })),
  };
}

function rareBeats(): Scenario {
  const p = pipeline("rare");
  const train = p.step("train");
  return {
    name: "a beat every ten minutes",
    origin: "One fixed time-out for all (Airflow 300 s, Prefect 540 s) kills what beats less often",
    run: p.run,
    log: [p.starts(0), train.starts(1, { interval: 600 }), train.beats(601, 3_001, 600)],
    asked: [
      { at: 3_001 + minutes(15), state: "progressing", never: deaths },
      { at: 3_001 + minutes(20), state: "progressing", never: deaths },
      { at: 3_001 + minutes(25), state: "suspect", holds: { train: "silent-heartbeat possible" } },
      { at: 3_001 + minutes(31), state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function oneLostBeat(): Scenario {
  const p = pipeline("one-lost");
  const train = p.step("train");
  return {
    name: "one beat is lost",
    origin: "A single lost request read as a death; RULES: suspect after two intervals",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 101, 10),
      train.beats(121, 201, 10),
    ],
    asked: [
      { at: 119, state: "progressing", never: deaths },
      { at: 121, state: "progressing", never: deaths },
      { at: 205, state: "progressing", never: deaths },
    ],
  };
}

function twoLostBeats(): Scenario {
  const p = pipeline("two-lost");
  const train = p.step("train");
  return {
    name: "two beats are lost, then they go on",
    origin: "One threshold only: failed at once, or never; RULES: suspect first, dead later",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 101, 10),
      train.beats(131, 301, 10),
    ],
    asked: [
      { at: 125, state: "progressing" },
      { at: 128, state: "suspect", holds: { train: "silent-heartbeat possible" } },
      { at: 133, state: "progressing", never: deaths },
      { at: 300, state: "progressing", never: deaths },
    ],
  };
}

function intervalChanged(): Scenario {
  const p = pipeline("interval");
  const train = p.step("train");
  return {
    name: "the beat's interval is made longer midway",
    origin: "An interval taken once and never again; the newest promise counts",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 101, 10),
      train.beats(111, 951, 60, { interval: 60 }),
    ],
    asked: [
      { at: 160, state: "progressing", never: deaths },
      { at: 951 + 120, state: "progressing", never: deaths },
      { at: 951 + 200, state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function learnedRhythm(): Scenario {
  const p = pipeline("learned");
  const train = p.step("train");
  return {
    name: "a rhythm was kept and never promised, then it stops",
    origin: "RULES guard 2: learned by five or more regular beats; what is learned proves less",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1),
      train.beats(31, 601, 30).map((m) => withRunFacet(m, "unstuck_heartbeat", undefined)),
    ],
    asked: [
      { at: 650, state: "progressing" },
      { at: 800, state: ["stuck", "suspect"], holds: { train: "silent-heartbeat" } },
    ],
  };
}

function fourBeatsOnly(): Scenario {
  const p = pipeline("four-beats");
  const train = p.step("train");
  return {
    name: "four RUNNING events, then an hour of quiet",
    origin: "RULES guard 2: fewer than five regular beats promise nothing",
    run: p.run,
    log: [p.starts(0), train.starts(1), [31, 61, 91, 121].map((at) => train.says("RUNNING", at))],
    asked: [
      { at: 300, state: "progressing", never: deaths },
      { at: hours(1), state: "progressing", never: deaths },
    ],
  };
}

function agentRestarts(): Scenario {
  const p = pipeline("agent");
  const train = p.step("train");
  return {
    name: "an agent restarts, and beats resume under the same id",
    origin: "A run marked crashed that later completed (Prefect): a verdict must be taken back",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 101, 10),
      train.beats(301, 601, 10),
      train.completes(605),
      p.completes(606),
    ],
    asked: [
      { at: 200, state: "stuck", holds: { train: "silent-heartbeat" } },
      { at: 305, state: "progressing", never: deaths },
      { at: 700, state: "finished", never: deaths },
    ],
  };
}

function neverBeat(): Scenario {
  const p = pipeline("never-beat");
  const train = p.step("train");
  return {
    name: "a beat is promised, and not one comes",
    origin: "A task that never beat has no last beat, and stayed running for ever (Airflow)",
    run: p.run,
    log: [p.starts(0), train.starts(1, { interval: 10, outputs: ["model"] })],
    asked: [
      { at: 20, state: "progressing" },
      { at: 60, state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function progressNote(): Scenario {
  const p = pipeline("progress");
  const train = p.step("train");
  const step = (at: number) => ({
    unstuck_heartbeat: { interval: 10, progress: { done: Math.floor(at / 60), total: 100, unit: "epochs" } },
    unstuck_process: { host: "gpu-3", pid: 4711, lastLogAt: iso(at - 4) },
  });
  const times = Array.from({ length: 300 }, (_, i) => 11 + i * 10);
  return {
    name: "slow progress, steady beats",
    origin: "Alive and slow is not idle (kanchi, prflow: silence looks the same in both cases)",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      times.map((at) => train.says("RUNNING", at, { facets: step(at) })),
    ],
    asked: [
      { at: 1_000, state: "progressing", never: [...deaths, "idle-heartbeat"] },
      { at: 3_000, state: "progressing", never: [...deaths, "idle-heartbeat"] },
    ],
  };
}

export const beats: readonly Scenario[] = [
  lateBeats(),
  parentBeatsChildDied(),
  childBeatsParentSilent(),
  allSilentInOne(),
  jitter(),
  rareBeats(),
  oneLostBeat(),
  twoLostBeats(),
  intervalChanged(),
  learnedRhythm(),
  fourBeatsOnly(),
  agentRestarts(),
  neverBeat(),
  progressNote(),
];
