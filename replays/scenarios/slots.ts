/** What is free to start and is not started, for reasons that nobody tells: slots, mapping over nothing, a late schedule. */
import { days, hours, iso, minutes } from "../message.ts";
import { airflow, type Task } from "../producers/airflow.ts";
import { pipeline } from "../producers/custom.ts";
import type { Scenario } from "../scenario.ts";

const alarms = ["never-started", "lost-completion", "silent-heartbeat", "unclosed-parent", "failed-upstream"];
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

function fewSlots(): Scenario {
  const names = numbers(24).map((i) => `load_${String(i).padStart(2, "0")}`);
  const a = airflow("many-tables", Object.fromEntries(names.map((name): [string, Task] => [name, {}])));
  // Four slots: whenever one ends after twenty minutes the next begins, two seconds later.
  const log = names.map((name, i) => {
    const turn = Math.floor(i / 4);
    return a.runs(name, 5 + turn * 1202, 5 + turn * 1202 + 1200);
  });
  return {
    name: "24 tasks are free at once, four slots work through them",
    origin: "Queued behind a pool or max_active_tasks without a word (Airflow #1383, #35935): not stuck",
    run: a.run,
    log: [a.dagStarts(0), ...log, a.dagEnds(7220)],
    asked: [
      { at: minutes(15), state: "progressing", never: alarms },
      { at: hours(1), state: "progressing", never: alarms },
      { at: minutes(95), state: "progressing", never: alarms },
      { at: hours(3), state: "finished", never: alarms },
    ],
  };
}

function slotsOfOnesOwn(): Scenario {
  const p = pipeline("two-workers");
  const keys = ["a", "b", "c", "d", "e"];
  const step = Object.fromEntries(keys.map((key) => [key, p.step(key)]));
  return {
    name: "five steps are free at once, two workers take them one by one",
    origin: "A thread pool of two (dbt's threads, Snakemake's --cores): what waits for a worker says nothing",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan(Object.fromEntries(keys.map((key) => [key, []]))) }),
      step["a"]?.runs(1, hours(1), 30) ?? [],
      step["b"]?.runs(1, hours(1.1), 30) ?? [],
      step["c"]?.runs(hours(1) + 1, hours(2), 30) ?? [],
      step["d"]?.runs(hours(1.1) + 1, hours(2.2), 30) ?? [],
    ],
    asked: [
      { at: minutes(30), state: "progressing", never: alarms },
      { at: hours(1.5), state: "progressing", never: alarms },
      // Both workers are free again, and the last is not taken.
      { at: hours(3), state: ["stuck", "suspect"], holds: { e: "never-started" } },
    ],
  };
}

function mappedOverNothing(): Scenario {
  const a = airflow("over-nothing", {
    list: { down: ["copy"] },
    copy: { down: ["join"] },
    join: { rule: "none_failed" },
    report: {},
  });
  return {
    name: "a task is mapped over an empty list, what is behind it goes on",
    origin: "Zero mapped instances: the task is skipped, and no event of it is ever sent (Airflow)",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.runs("list", 5, 20),
      a.runs("join", 25, hours(3)),
      a.runs("report", 6, hours(3)),
      a.dagEnds(hours(3) + 5, "success", { copy: "skipped" }),
    ],
    asked: [
      { at: minutes(9), state: "progressing", never: alarms },
      { at: hours(1), state: "progressing", never: alarms },
      { at: hours(2.9), state: "progressing", never: alarms },
      { at: hours(4), state: "finished", never: alarms },
    ],
  };
}

function lateSchedule(): Scenario {
  const p = pipeline("catching-up");
  const load = p.step("load");
  const nominal = {
    nominalTime: { nominalStartTime: iso(-days(9)), nominalEndTime: iso(-days(8)) },
  };
  return {
    name: "a run is started nine days after its nominal time",
    origin: "Catch-up and backfill: the nominal time says what a run is for, not when it began",
    run: p.run,
    log: [
      p.starts(0, { facets: { ...nominal, ...p.plan({ load: ["publish"] }) } }),
      load.starts(2, { interval: 30, facets: nominal, outputs: ["orders"] }),
      load.beats(32, minutes(50), 30, { facets: nominal }),
    ],
    asked: [
      { at: 5, state: "progressing", never: [...alarms, "skewed-clock"] },
      { at: minutes(50), state: "progressing", never: [...alarms, "skewed-clock"] },
    ],
  };
}

function slowFirst(): Scenario {
  const a = airflow("first-ever", { train: { down: ["publish"] }, publish: {} });
  return {
    name: "the first run ever takes twenty hours and says nothing",
    origin: "No baseline, no beat: with fewer than five samples nothing is slow, and silence proves nothing",
    run: a.run,
    log: [a.dagStarts(0), a.starts("train", 5, { outputs: ["model"] })],
    asked: [
      { at: hours(3), state: "progressing", never: [...alarms, "slow-attempt"] },
      { at: hours(20), state: "progressing", never: [...alarms, "slow-attempt"] },
    ],
  };
}

function longBackoff(): Scenario {
  const a = airflow("backing-off", { call: { retries: 5, down: ["use"] }, use: {} });
  return {
    name: "a try failed, the next comes after five hours, of which nobody tells",
    origin: "Exponential back-off: retries are left, the delay is not told (Airflow)",
    run: a.run,
    log: [
      a.dagStarts(0),
      a.starts("call", 5, { try: 1 }),
      a.fails("call", 20, { try: 1, error: "429 Too Many Requests" }),
      a.starts("call", hours(5), { try: 2 }),
      a.completes("call", hours(5) + 60, { try: 2 }),
      a.runs("use", hours(5) + 65, hours(6)),
    ],
    asked: [
      { at: hours(1), state: "waiting", holds: { call: "waiting-retry" }, never: alarms },
      { at: hours(4.9), state: "waiting", holds: { call: "waiting-retry" }, never: alarms },
      { at: hours(5.5), state: "progressing", never: alarms },
    ],
  };
}

function overlapping(): Scenario {
  const yesterday = pipeline("overlapping", { run: "yesterday" });
  const today = pipeline("overlapping", { run: "today" });
  const [dead, alive] = [yesterday.step("train"), today.step("train")];
  return {
    name: "yesterday's run of the pipeline is dead, today's works",
    origin: "Runs of one job confused (Marquez: the job's current run; ray#58976): what dies is one attempt",
    run: today.run,
    log: [
      yesterday.starts(0),
      dead.starts(1, { interval: 10, outputs: ["model"] }),
      dead.beats(11, 300, 10),
      today.starts(hours(24)),
      alive.starts(hours(24) + 1, { interval: 10, outputs: ["model"] }),
      alive.beats(hours(24) + 11, hours(25), 10),
    ],
    asked: [
      { at: hours(24) + 5, state: "progressing", never: alarms },
      { at: hours(25), state: "progressing", holds: { train: "nothing" }, never: alarms },
    ],
  };
}

function threeRoots(): Scenario {
  const a = airflow("waits-for-slot-forever", { a: {}, b: {}, c: { down: ["d"] }, d: {} });
  return {
    name: "tasks ended an hour ago, the next of them was never queued",
    origin: "A paused DAG stalls what is under way, without a word (Airflow #71381)",
    run: a.run,
    log: [a.dagStarts(0), a.runs("a", 5, 600), a.runs("b", 5, 620), a.runs("c", 5, 640)],
    asked: [
      { at: 700, state: "progressing", never: alarms },
      { at: hours(1.5), state: ["stuck", "suspect"], holds: { d: "never-started" } },
    ],
  };
}

export const slots: readonly Scenario[] = [
  fewSlots(),
  slotsOfOnesOwn(),
  mappedOverNothing(),
  lateSchedule(),
  slowFirst(),
  longBackoff(),
  overlapping(),
  threeRoots(),
];
