/** Clocks, receipt and the dark: RULES guards 3, 9 and 10; dark-source, skewed-clock. */
import {
  days,
  heldBack,
  hours,
  importedAt,
  lostBetween,
  minutes,
  probed,
  second,
  withClock,
} from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import { dbt } from "../producers/engines.ts";
import type { Scenario } from "../scenario.ts";

const deaths = ["silent-heartbeat", "lost-completion", "hung-after-output", "lost-node", "never-started"];

/** A run that beats from the start to an instant, and another of the same source beside it. */
function alive(name: string, until: number) {
  const p = pipeline(name);
  const train = p.step("train");
  return {
    p,
    train,
    log: [p.starts(0), train.starts(1, { interval: 10 }), train.beats(11, until, 10)].flat(),
  };
}

function outage(): Scenario {
  const one = alive("outage", hours(1.2));
  const two = alive("outage-b", hours(1.2));
  const three = alive("outage-c", hours(1.2));
  return {
    name: "nothing of a source comes through for an hour",
    origin: "Workers killed because the API was out of reach (Airflow, Dagster); guard 3",
    run: one.p.run,
    log: [heldBack(600, 600 + hours(1), one.log, two.log, three.log)],
    asked: [
      { at: 590, state: "progressing" },
      { at: 700, state: "unknown", never: deaths },
      { at: hours(1), state: "unknown", holds: { train: "dark-source" }, never: deaths },
      { at: 600 + hours(1) + 20, state: "progressing", never: [...deaths, "dark-source"] },
    ],
  };
}

function behindAndBackAgain(): Scenario {
  const one = alive("behind-and-back", 900);
  return {
    name: "a clock that is 2 h behind, and what was kept during an outage comes in one go",
    origin:
      "Found in a world made up by chance: the backlog was taken for an import, and a live attempt for dead",
    run: one.p.run,
    log: [heldBack(0, 420, withClock(-hours(2), one.log))],
    asked: [
      { at: 480, state: "progressing", never: deaths },
      { at: 890, state: "progressing", never: deaths },
      { at: 960, state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function oneStaysAway(): Scenario {
  const one = alive("stays-away", 595);
  const two = alive("comes-back", hours(1.2));
  const three = alive("comes-back-c", hours(1.2));
  return {
    name: "the source is back after an hour, one attempt is not",
    origin: "After an outage what is really dead must be told from what was only unheard; guard 3",
    run: one.p.run,
    log: [heldBack(600, 600 + hours(1), one.log, two.log, three.log)],
    asked: [
      { at: hours(1), state: "unknown", never: deaths },
      { at: 600 + hours(1) + 60, state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function hostLosesNetwork(): Scenario {
  const p = pipeline("one-host");
  const steps = ["a", "b", "c", "d"].map((key) => p.step(key));
  return {
    name: "four parallel steps fall silent in the same second",
    origin: "Silence of a source is not silence of its nodes (Airflow: API outage); guard 3",
    run: p.run,
    log: [
      p.starts(0),
      steps.flatMap((s, i) => [s.starts(1 + i, { interval: 10 }), s.beats(11 + i, 300 + i, 10)].flat()),
    ],
    asked: [
      { at: 600, state: "unknown", never: deaths },
      { at: hours(1), state: "unknown", never: deaths },
    ],
  };
}

function clock(name: string, ahead: number, words: string): Scenario {
  const { p, log } = alive(name, 600);
  return {
    name: `a producer's clock is two hours ${words}, the step is alive`,
    origin: "Ages reckoned between two clocks: dead at birth, or never (Azure ML C26); guard 9",
    run: p.run,
    log: [withClock(ahead, log)],
    asked: [
      { at: 60, state: "progressing", never: deaths },
      { at: 300, state: "progressing", never: deaths },
      { at: 603, state: "progressing", never: deaths, notes: { [name]: ["skewed-clock"] } },
    ],
  };
}

function clockDead(name: string, ahead: number, words: string): Scenario {
  const { p, log } = alive(name, 600);
  const other = alive(`${name}-b`, 1_500);
  return {
    name: `a producer's clock is two hours ${words}, the step died`,
    origin: "A clock ahead keeps the dead alive for two hours; guard 9",
    run: p.run,
    log: [withClock(ahead, log, other.log)],
    asked: [
      { at: 614, state: "progressing" },
      { at: 650, state: "stuck", holds: { train: "silent-heartbeat" } },
      { at: 1_200, state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function clockBehindLost(): Scenario {
  const p = pipeline("behind-lost");
  const train = p.step("train");
  const other = alive("behind-b", 1_500);
  return {
    name: "a producer's clock is two hours behind, the end is lost",
    origin:
      "Own outputs called older than the attempt, for their times were of another clock; guards 5 and 9",
    run: p.run,
    log: [
      withClock(-hours(2), [
        p.starts(0),
        train.starts(1, { interval: 10, outputs: ["model"] }),
        ...train.beats(11, 400, 10),
        train.says("RUNNING", 401, {
          interval: 10,
          outputs: [probed("model", "written", { modifiedAt: 399 })],
        }),
        ...other.log,
      ]),
    ],
    asked: [
      { at: 600, state: "stuck", holds: { train: "lost-completion proven" }, never: ["foreign-outputs"] },
    ],
  };
}

function timezoneLess(): Scenario {
  const p = pipeline("zoneless");
  const train = p.step("train");
  const bare = (at: number) => new Date(second(at)).toISOString().replace("Z", "");
  return {
    name: "times without a zone, in UTC",
    origin: "Events without an offset, of which Marquez keeps a fixture; read as UTC",
    run: p.run,
    log: [
      p.starts(0, { time: bare(0) }),
      train.starts(1, { interval: 10, time: bare(1) }),
      Array.from({ length: 30 }, (_, i) => 11 + i * 10).map((at) =>
        train.says("RUNNING", at, { interval: 10, time: bare(at) }),
      ),
    ],
    asked: [
      { at: 300, state: "progressing", never: [...deaths, "skewed-clock"] },
      { at: 400, state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function daylightSaving(): Scenario {
  const p = pipeline("dst");
  const train = p.step("train");
  // 2026-03-29 at 01:00 UTC Berlin's clocks go from 02:00 to 03:00.
  const from = (Date.UTC(2026, 2, 29, 0, 55) - second(0)) / 1000;
  const berlin = (at: number) => {
    const ms = second(at);
    const offset = ms < Date.UTC(2026, 2, 29, 1) ? 1 : 2;
    return new Date(ms + offset * 3_600_000).toISOString().replace("Z", `+0${offset}:00`);
  };
  return {
    name: "clocks are put forward while it runs",
    origin: "An hour gained or lost where local times are compared (Azure ML C26)",
    run: p.run,
    log: [
      p.starts(from, { time: berlin(from) }),
      train.starts(from + 1, { interval: 10, time: berlin(from + 1) }),
      Array.from({ length: 60 }, (_, i) => from + 11 + i * 10).map((at) =>
        train.says("RUNNING", at, { interval: 10, time: berlin(at) }),
      ),
    ],
    asked: [290, 305, 330, 600].map((later) => ({
      at: from + later,
      state: "progressing" as const,
      never: [...deaths, "skewed-clock"],
    })),
  };
}

function nanoseconds(): Scenario {
  const p = pipeline("nanoseconds");
  const train = p.step("train");
  const fine = (at: number) => new Date(second(at)).toISOString().replace("Z", "456789Z");
  return {
    name: "times with nanoseconds, and seven digits of Azure",
    origin: "Events with more digits than a millisecond, of which Marquez keeps a fixture",
    run: p.run,
    log: [
      p.starts(0, { time: new Date(second(0)).toISOString().replace("Z", "6102+00:00") }),
      train.starts(1, { interval: 10, time: fine(1) }),
      [11, 21, 31, 41, 51].map((at) => train.says("RUNNING", at, { interval: 10, time: fine(at) })),
      train.completes(55, { time: fine(55) }),
      p.completes(56, { time: fine(56) }),
    ],
    asked: [
      { at: 52, state: "progressing" },
      { at: 100, state: "finished", never: deaths },
    ],
  };
}

function farFuture(): Scenario {
  const p = pipeline("far-future");
  const train = p.step("train");
  const other = alive("far-future-b", 1_500);
  return {
    name: "one beat bears a time in 2099, then the step dies",
    origin: "A slip in one message's clock keeps an attempt alive for ever",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 301, 10),
      train.says("RUNNING", 305, { interval: 10, time: "2099-01-01T00:00:00Z" }),
      train.beats(311, 401, 10),
      other.log,
    ],
    asked: [
      { at: 405, state: "progressing", never: deaths },
      { at: 500, state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function farFutureStart(): Scenario {
  const p = pipeline("future-note");
  const train = p.step("train");
  return {
    name: "an OTHER with a time in 2099 comes before a sound end",
    origin: "A far-future event decides what came last; the end is an end",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1),
      train.says("OTHER", 20, { time: "2099-01-01T00:00:00Z" }),
      train.completes(60, { outputs: ["model"] }),
      p.completes(61),
    ],
    asked: [
      { at: 30, state: "progressing", never: deaths },
      { at: 100, state: "finished", never: deaths },
    ],
  };
}

function backfill(): Scenario {
  const d = dbt("dbt-run-backfill");
  const node = (name: string, from: number, to: number) => [
    d.child(name, "START", from, { outputs: [name] }),
    d.child(name, "COMPLETE", to, { outputs: [name] }),
  ];
  return {
    name: "a backfill is imported in one go, three days later",
    origin: "dbt's local mode sends all events after the run, with their past times; guard 10",
    run: d.run,
    log: [
      importedAt(days(3), [
        d.root("START", 0),
        ...node("model.shop.a", 1, 40),
        ...node("model.shop.b", 41, 90),
        d.root("COMPLETE", 91),
      ]),
    ],
    asked: [
      { at: days(3) + 5, state: "finished", never: [...deaths, "dark-source", "skewed-clock"] },
      { at: days(4), state: "finished", never: [...deaths, "dark-source", "skewed-clock"] },
    ],
  };
}

function offlineClient(): Scenario {
  const { p, train, log } = alive("offline", 600);
  return {
    name: "an offline client uploads its whole run, beats and all",
    origin: "Offline runs (Weights & Biases): what was kept is not live; guard 10",
    run: p.run,
    log: [importedAt(hours(20), log, train.completes(601), p.completes(602))],
    asked: [{ at: hours(20) + 60, state: "finished", never: [...deaths, "dark-source", "skewed-clock"] }],
  };
}

function uploadedInBatches(): Scenario {
  const one = alive("batches", hours(1));
  const two = alive("batches-b", hours(1));
  const batched = [one.log, two.log].flat().map((m) => ({ ...m, at: Math.ceil(m.at / 300) * 300 + 1 }));
  return {
    name: "events are uploaded every five minutes by a cron job",
    origin: "OpenLineage's file transport with an uploader: ten-second beats come thirty at a time; guard 3",
    run: one.p.run,
    log: [batched],
    asked: [
      { at: 901 + 30, state: ["progressing", "unknown"], never: deaths },
      { at: 901 + 200, state: ["progressing", "unknown"], never: deaths },
      { at: 901 + 299, state: ["progressing", "unknown"], never: deaths },
    ],
  };
}

function lostMinute(): Scenario {
  const one = alive("lost-minute", hours(1));
  const two = alive("lost-minute-b", hours(1));
  return {
    name: "our own restart loses a minute of everybody's beats",
    origin: "Ingest that is away must not look like death; guard 3",
    run: one.p.run,
    log: [lostBetween(600, 660, one.log, two.log)],
    asked: [
      { at: 640, state: ["unknown", "progressing"], never: deaths },
      { at: 659, state: ["unknown", "progressing"], never: deaths },
      { at: minutes(12), state: "progressing", never: deaths },
    ],
  };
}

export const clocks: readonly Scenario[] = [
  outage(),
  behindAndBackAgain(),
  oneStaysAway(),
  hostLosesNetwork(),
  clock("clock-ahead", hours(2), "ahead"),
  clock("clock-behind", -hours(2), "behind"),
  clockDead("clock-ahead-dead", hours(2), "ahead"),
  clockDead("clock-behind-dead", -hours(2), "behind"),
  clockBehindLost(),
  timezoneLess(),
  daylightSaving(),
  nanoseconds(),
  farFuture(),
  farFutureStart(),
  backfill(),
  offlineClient(),
  uploadedInBatches(),
  lostMinute(),
];
