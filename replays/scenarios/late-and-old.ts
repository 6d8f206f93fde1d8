/** What comes late, or is old when it comes: imports of dead runs, slow queues, skewed schedulers, ends that arrive after all. */
import { days, hours, importedAt, minutes, withClock } from "../message.ts";
import { airflow, type Task } from "../producers/airflow.ts";
import { pipeline } from "../producers/custom.ts";
import type { Received, Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
  "failed-upstream",
];

function deadOnArrival(): Scenario {
  const p = pipeline("dead-on-arrival");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "a run that died three days ago is imported",
    origin: "Late imports: ages are taken from what the events say (guard 10), also of what never ended",
    run: p.run,
    log: importedAt(
      days(3),
      p.starts(0, { facets: p.plan({ a: ["b"] }) }),
      a.runs(1, 600, 10),
      b.starts(601, { interval: 10 }),
      b.beats(611, 1800, 10),
    ),
    asked: [
      { at: days(3) + 60, state: ["stuck", "suspect"], holds: { b: "silent-heartbeat" }, says: /3d|2d 23h/ },
    ],
  };
}

function skewedScheduler(): Scenario {
  const a = airflow("behind", { load: { down: ["use"] }, use: {} });
  return {
    name: "Airflow's clock is two hours behind, the next task is due for a minute",
    origin: "Skew: since when a step is free is read on our clock",
    run: a.run,
    log: [withClock(-hours(2), a.dagStarts(0), a.runs("load", 5, 60), a.runs("use", 200, hours(1)))],
    asked: [
      { at: 120, state: "progressing", never: alarms },
      { at: minutes(30), state: "progressing", never: alarms },
    ],
  };
}

function quietChild(): Scenario {
  const p = pipeline("quiet-child");
  const work = p.step("work");
  return {
    name: "a run beats for ten hours, the step below it never promised to",
    origin:
      "A parent's life says nothing of its child's; what promised no beat does not die by silence (guards 2, 7)",
    run: p.run,
    log: [
      p.starts(0, { interval: 30, facets: p.plan({ work: [] }) }),
      p.beats(30, hours(10), 30),
      work.starts(5, { outputs: ["model"] }),
    ],
    asked: [
      { at: hours(1), state: "progressing", never: alarms },
      { at: hours(10), state: "progressing", never: alarms },
    ],
  };
}

function streamRestarts(): Scenario {
  const p = pipeline("stream-restarts", {
    jobType: { processingType: "STREAMING", integration: "CUSTOM", jobType: "JOB" },
  });
  return {
    name: "a streaming job fails, and is started again under its id",
    origin: "Restart from a savepoint (Flink): a failure that is followed by a start is no end",
    run: p.run,
    log: [
      p.starts(0, { interval: 30 }),
      p.beats(30, 600, 30),
      p.fails(610, { error: "TaskManager lost" }),
      p.starts(700, { interval: 30 }),
      p.beats(730, hours(5), 30),
    ],
    asked: [{ at: hours(5), state: "progressing", never: alarms }],
  };
}

function beatsByOther(): Scenario {
  const p = pipeline("beats-by-other");
  const train = p.step("train");
  const beat = (at: number): Received =>
    train.says("OTHER", at, { facets: { unstuck_heartbeat: { interval: 15, sequence: at } } });
  return {
    name: "beats come on OTHER events, and stop",
    origin: "A heartbeat facet is a beat on whatever message it comes",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 15 }),
      ...Array.from({ length: 40 }, (_, i) => beat(16 + 15 * i)),
    ],
    asked: [
      { at: 600, state: "progressing", never: alarms },
      { at: 16 + 15 * 39 + 60, state: "stuck", holds: { train: "silent-heartbeat" } },
    ],
  };
}

function slowQueue(): Scenario {
  const p = pipeline("slow-queue");
  const [a, b] = [p.step("a"), p.step("b")];
  const late = (...all: readonly (Received | readonly Received[])[]) =>
    all.flat().map((one) => ({ ...one, at: one.at + minutes(8) }));
  return {
    name: "a message queue delivers everything eight minutes late",
    origin: "Kafka consumer lag: what is late is not silent",
    run: p.run,
    log: late(
      p.starts(0, { facets: p.plan({ a: ["b"] }) }),
      a.runs(1, 1200, 10),
      b.starts(1202, { interval: 10, outputs: ["x"] }),
      b.beats(1212, 4000, 10),
    ),
    asked: [
      { at: 900, state: "progressing", never: alarms },
      { at: 1205 + minutes(8), state: "progressing", never: alarms },
      { at: 3000, state: "progressing", never: alarms },
    ],
  };
}

function lateEnd(): Scenario {
  const p = pipeline("late-end");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "an end comes forty minutes late, what waits goes on at once",
    origin: "Clients post again what they could not send: the end counts when it happened",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ a: ["b"] }) }),
      a.starts(1),
      a.completes(60, { lag: minutes(40) }),
      b.starts(62, { lag: minutes(40), interval: 10 }),
      b.beats(minutes(41), minutes(60), 10),
    ],
    asked: [
      { at: minutes(20), state: "progressing", never: alarms },
      { at: minutes(41), state: "progressing", never: alarms },
      { at: minutes(60), state: "progressing", holds: { a: "nothing", b: "nothing" }, never: alarms },
    ],
  };
}

function partOfMappedFailed(): Scenario {
  const a = airflow("mapped-failures", { copy: { down: ["sum"] }, sum: {}, other: {} });
  const copies = Array.from({ length: 12 }, (_, map) => [
    a.starts("copy", 10 + map, { map }),
    map % 4 === 3
      ? a.fails("copy", 100 + map, { map, error: "timeout" })
      : a.completes("copy", 100 + map, { map }),
  ]);
  return {
    name: "three of twelve instances failed, an unrelated task works on",
    origin: "The run cannot close before the rest of it ends: nothing is stuck yet",
    run: a.run,
    log: [a.dagStarts(0), ...copies, a.runs("other", 5, hours(3)), a.dagEnds(hours(3) + 5, "failed")],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(2.9), state: "progressing", never: alarms },
      { at: hours(4), state: "finished", never: alarms },
    ],
  };
}

function slotsOnABusyDay(): Scenario {
  const names = Array.from({ length: 8 }, (_, i) => `table_${i}`);
  const tasks = Object.fromEntries(names.map((name): [string, Task] => [name, {}]));
  const day = (run: string, from: number, slots: number, took: number) => {
    const a = airflow("busy-day", tasks, { run });
    return {
      a,
      log: [
        a.dagStarts(from),
        ...names.map((name, i) => {
          const begin = from + 5 + Math.floor(i / slots) * (took + 2);
          return a.runs(name, begin, begin + took);
        }),
      ],
    };
  };
  const before = [1, 2, 3, 4, 5, 6].map((n) => day(`day-${n}`, n * 100_000, 8, 600));
  const today = day("today", 900_000, 2, 900);
  return {
    name: "eight tasks always start at once, today there are only two slots",
    origin:
      "Slots that other DAGs have: a task that usually starts at once is late, and others of its run come in turn",
    run: today.a.run,
    log: [
      ...before.flatMap(({ a, log }, i) => [...log.flat(), a.dagEnds((i + 1) * 100_000 + 700)]),
      ...today.log.flat(),
    ],
    asked: [
      { at: 900_000 + minutes(10), state: ["progressing", "slow"], never: alarms },
      { at: 900_000 + minutes(40), state: ["progressing", "slow"], never: alarms },
    ],
  };
}

export const lateAndOld: readonly Scenario[] = [
  deadOnArrival(),
  skewedScheduler(),
  quietChild(),
  streamRestarts(),
  beatsByOther(),
  slowQueue(),
  lateEnd(),
  partOfMappedFailed(),
  slotsOnABusyDay(),
];
