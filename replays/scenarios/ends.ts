/** Ends, tries and trees, in every order that networks make of them. RULES guard 1; conflicting-end, lost-start. */
import { hours, message, minutes, postedAgain, receivedInReverse, uuid, withRunId } from "../message.ts";
import { airflow } from "../producers/airflow.ts";
import { pipeline } from "../producers/custom.ts";
import type { Received, Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
];

function lateStart(): Scenario {
  const p = pipeline("late-start");
  return {
    name: "START is received after COMPLETE",
    origin: "Run state by the last event to arrive: a late START turns a finished run to running (Marquez)",
    run: p.run,
    log: [p.starts(0, { lag: 90 }), p.completes(60, { outputs: ["a"] })],
    asked: [
      { at: 70, state: "finished", never: alarms },
      { at: 100, state: "finished", never: [...alarms, "conflicting-end"] },
      { at: hours(30), state: "finished", never: [...alarms, "conflicting-end"] },
    ],
  };
}

function startAgain(): Scenario {
  const p = pipeline("start-again");
  return {
    name: "START, RUNNING and OTHER come after COMPLETE, and happened after it",
    origin: "Metadata after the end turns a finished run to running (Marquez); the end wins",
    run: p.run,
    log: [p.starts(0), p.completes(60), p.starts(61), p.says("RUNNING", 62), p.says("OTHER", 65)],
    asked: [
      { at: 70, state: "finished", never: alarms },
      { at: hours(2), state: "finished", never: alarms },
    ],
  };
}

function twoEnds(): Scenario {
  const p = pipeline("two-ends");
  const train = p.step("train");
  return {
    name: "COMPLETE, and five seconds later FAIL",
    origin: "Two sides end a run in two ways: a 409 killed a finished task (Airflow)",
    run: p.run,
    log: [p.starts(0), train.starts(1), train.completes(60), train.fails(65), p.completes(66)],
    asked: [{ at: 100, state: "finished", never: alarms, notes: { train: ["conflicting-end"] } }],
  };
}

function triedAgain(): Scenario {
  const p = pipeline("timed-out");
  const train = p.step("train");
  return {
    name: "a try times out without an end, the next works",
    origin: "Zombie detection takes the old try for the task (Ray, Prefect); a new attempt reopens the node",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 100, 10),
      train.starts(200, { try: 2, interval: 10 }),
      train.beats(210, 900, 10, { try: 2 }),
      train.fails(198, { lag: 200, error: "timed out" }),
    ],
    asked: [
      { at: 300, state: "progressing", holds: { train: "nothing" }, never: alarms },
      { at: 500, state: "progressing", holds: { train: "nothing" }, never: alarms },
      { at: 900, state: "progressing", never: alarms },
    ],
  };
}

function secondDies(): Scenario {
  const p = pipeline("second-dies");
  const train = p.step("train");
  const other = pipeline("second-other");
  return {
    name: "the old try's late beats do not keep the new one alive",
    origin: "Tries confused (Ray: retries shown at random); beats are of an attempt",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, 900, 10),
      train.starts(200, { try: 2, interval: 10 }),
      train.beats(210, 300, 10, { try: 2 }),
      other.starts(0, { interval: 10 }),
      other.beats(10, 900, 10),
    ],
    asked: [{ at: 600, state: "stuck", holds: { train: "silent-heartbeat" } }],
  };
}

function unnumbered(): Scenario {
  const p = pipeline("unnumbered");
  const train = p.step("train");
  const again = (one: Received) => withRunId(one, uuid("unnumbered train again"));
  return {
    name: "tries bear no number, only ids of their own",
    origin: "Attempt numbers missing: told apart by their start, never by arrival",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { try: null, interval: 10 }),
      train.fails(60, { try: null }),
      again(train.starts(90, { try: null, interval: 10 })),
      train.beats(100, 600, 10, { try: null }).map(again),
    ],
    asked: [
      { at: 80, state: ["progressing", "waiting"], never: alarms },
      { at: 300, state: "progressing", holds: { train: "nothing" }, never: alarms },
      { at: 600, state: "progressing", never: alarms },
    ],
  };
}

function everythingTwice(): Scenario {
  const p = pipeline("twice");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "every event is posted six times within 21 s",
    origin: "The Python client posts again after each time-out: all may have been stored",
    run: p.run,
    log: [
      postedAgain(
        p.starts(0, { jobFacets: p.plan({ a: ["b"] }) }),
        a.runs(1, 60, 10, { outputs: ["x"] }),
        b.runs(61, 120, 10, { outputs: ["y"] }),
        p.completes(121),
      ),
    ],
    asked: [
      { at: 50, state: "progressing", never: alarms },
      { at: 70, state: "progressing", never: alarms },
      { at: 123, state: "finished", never: [...alarms, "conflicting-end"] },
      { at: hours(1), state: "finished", never: [...alarms, "conflicting-end"] },
    ],
  };
}

function everythingReversed(): Scenario {
  const a = airflow("reversed", { extract: { down: ["load"], retries: 1 }, load: {} });
  return {
    name: "a whole DAG is received in reverse",
    origin: "Ends before starts, children before parents (async clients, retries, queues)",
    run: a.run,
    log: [
      receivedInReverse(
        a.dagStarts(0),
        a.starts("extract", 5),
        a.fails("extract", 20),
        a.runs("extract", 30, 60, { try: 2 }),
        a.runs("load", 65, 90),
        a.dagEnds(95),
      ),
    ],
    asked: [
      { at: 96, state: "finished", never: [...alarms, "failed-upstream", "conflicting-end"] },
      { at: hours(1), state: "finished", never: [...alarms, "failed-upstream", "conflicting-end"] },
    ],
  };
}

function rootUnseen(): Scenario {
  const p = pipeline("unseen-root");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "the root is only named, never heard",
    origin: "A parent invented with its child's state, never ended (Marquez)",
    run: p.run,
    log: [
      a.runs(1, 60, 10, { outputs: ["x"] }),
      b.starts(61, { interval: 10 }),
      b.beats(71, 600, 10),
      b.completes(605),
    ],
    asked: [
      { at: 300, state: "progressing", never: alarms },
      { at: 700, state: "finished", never: alarms },
    ],
  };
}

function rootDiesUnseen(): Scenario {
  const p = pipeline("unseen-dead");
  const a = p.step("a");
  const other = pipeline("unseen-other");
  return {
    name: "the root is never heard, its only step died",
    origin: "The same tree, held by a leaf: the leaf is named, not the root that nobody heard",
    run: p.run,
    log: [
      a.starts(1, { interval: 10 }),
      a.beats(11, 300, 10),
      other.starts(0, { interval: 10 }),
      other.beats(10, 900, 10),
    ],
    asked: [{ at: 600, state: "stuck", holds: { a: "silent-heartbeat", "unseen-dead": "nothing" } }],
  };
}

function twoParents(): Scenario {
  const [one, two] = [pipeline("parent-one"), pipeline("parent-two")];
  const child = (type: string, at: number, parent: typeof one.above, interval?: number): Received =>
    message({
      at,
      type,
      run: uuid("shared child"),
      job: { namespace: "ml-prod", name: "shared" },
      parent,
      facets: interval === undefined ? {} : { unstuck_heartbeat: { interval } },
    });
  const own = one.step("own");
  return {
    name: "a child names one parent, then another",
    origin: "Trees that contradict themselves: a child run under two parents",
    run: one.run,
    log: [
      one.starts(0),
      two.starts(0, { interval: 10 }),
      two.beats(10, 900, 10),
      own.starts(1, { interval: 10 }),
      own.beats(11, 900, 10),
      child("START", 5, one.above, 10),
      Array.from({ length: 85 }, (_, i) => child("RUNNING", 15 + i * 10, two.above, 10)),
      child("COMPLETE", 860, two.above),
    ],
    asked: [
      { at: 300, state: "progressing", never: alarms },
      { at: 900, state: "progressing", never: alarms },
    ],
  };
}

function failureBelowOpen(): Scenario {
  const p = pipeline("orphans");
  const train = p.step("train");
  return {
    name: "the run failed and ended, a step of it beats on",
    origin: "Children that outlive their parent's end hold nothing (Prefect, Metaflow)",
    run: p.run,
    log: [p.starts(0), train.starts(1, { interval: 10 }), train.beats(11, 300, 10), p.fails(200)],
    asked: [
      { at: 250, state: "finished", never: alarms },
      { at: 600, state: "finished", never: alarms },
    ],
  };
}

function mappedHangs(): Scenario {
  const p = pipeline("mapped");
  const score = p.step("score");
  const other = pipeline("mapped-other");
  return {
    name: "of six mapped instances one falls silent",
    origin: "One hung task holds the run (Dagster, Metaflow: 226 tasks); the instance is named, not the step",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ list: ["score"], score: ["sum"] }) }),
      p.step("list").runs(1, 10),
      [0, 1, 2, 4, 5].flatMap((map) =>
        score.runs(12 + map, 300 + map, 10, { map, outputs: [`part-${map}`] }),
      ),
      score.starts(15, { map: 3, interval: 10, outputs: ["part-3"] }),
      score.beats(25, 205, 10, { map: 3 }),
      other.starts(0, { interval: 10 }),
      other.beats(10, 1_200, 10),
    ],
    asked: [
      { at: 210, state: "progressing" },
      { at: 500, state: "stuck", holds: { "score[3]": "silent-heartbeat", "score[2]": "nothing" } },
    ],
  };
}

function deepGroups(): Scenario {
  const p = pipeline("nested");
  const outer = p.step("outer");
  const inner = p.step("inner", { run: outer.id(), name: "nested.outer" });
  const leaf = p.step("leaf", { run: inner.id(), name: "nested.outer.inner" });
  const next = p.step("next");
  return {
    name: "a leaf three levels down works, what is behind its group waits",
    origin: "Parents are open because a child is: only the leaf is asked (Azure ML C16)",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ outer: ["next"] }) }),
      outer.starts(1),
      inner.starts(2),
      leaf.runs(3, 900, 10, { outputs: ["x"] }),
      inner.completes(902),
      outer.completes(903),
      next.runs(905, 950, 10),
      p.completes(951),
    ],
    asked: [
      { at: 600, state: "progressing", holds: { "outer/inner/leaf": "nothing" }, never: alarms },
      { at: 904, state: "progressing", never: alarms },
      { at: 1_000, state: "finished", never: alarms },
    ],
  };
}

function unclosedGroup(): Scenario {
  const p = pipeline("argo-like", { namespace: "argo-prod" });
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "all pods completed, the workflow runs on",
    origin: "Pods completed, artifacts saved, workflow running for days (Argo)",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ a: ["b"] }) }),
      a.runs(1, 60, undefined, { outputs: ["x"] }),
      b.runs(65, 120, undefined, { outputs: ["y"] }),
    ],
    asked: [
      { at: 150, state: "progressing", never: alarms },
      {
        at: minutes(10),
        state: "stuck",
        holds: { "argo-like": "unclosed-parent", a: "nothing", b: "nothing" },
      },
    ],
  };
}

export const ends: readonly Scenario[] = [
  lateStart(),
  startAgain(),
  twoEnds(),
  triedAgain(),
  secondDies(),
  unnumbered(),
  everythingTwice(),
  everythingReversed(),
  rootUnseen(),
  rootDiesUnseen(),
  twoParents(),
  failureBelowOpen(),
  mappedHangs(),
  deepGroups(),
  unclosedGroup(),
];
