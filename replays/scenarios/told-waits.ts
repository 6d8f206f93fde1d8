/** Waits that attempts tell of, against the rules that judge their silence; and ends that only others show. */
import { counted, days, hours, minutes, probed, wait, withClock } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import { type Scenario, SILENCE_RULES } from "../scenario.ts";

function waitsWithoutBeats(): Scenario {
  const p = pipeline("waits-without-beats");
  const gate = p.step("gate");
  return {
    name: "a step has started, waits two days for an approval, and promised no beats",
    origin: "Suspended taken for hung (Prefect, Argo); RULES lost-completion after a day of silence",
    run: p.run,
    log: [p.starts(0), gate.starts(5, { facets: wait("approval", { on: "release" }) })],
    asked: [
      { at: hours(2), state: "waiting", never: SILENCE_RULES, says: /approval/ },
      { at: days(2), state: "waiting", never: SILENCE_RULES, says: /approval/ },
    ],
  };
}

function writtenThenApproved(interval?: number): Scenario {
  const p = pipeline(`written-then-approved-${interval ?? "quiet"}`);
  const train = p.step("train");
  const facets = wait("approval", { on: "release" });
  const beats = interval === undefined ? {} : { interval };
  return {
    name: `all is written, and a person is waited for${interval === undefined ? "" : ", beats go on"}`,
    origin: "What it waits for is told: neither was its end lost, nor does it hang",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(5, { ...beats, outputs: ["model"] }),
      train.says("RUNNING", 60, { ...beats, outputs: [counted("model")] }),
      train.says("RUNNING", 65, { ...beats, facets }),
      ...(interval === undefined ? [] : train.beats(75, hours(3), interval)),
      train.completes(hours(3) + 1),
      p.completes(hours(3) + 2),
    ],
    asked: [
      { at: minutes(10), state: "waiting", never: SILENCE_RULES, says: /approval/ },
      { at: hours(2), state: "waiting", never: SILENCE_RULES, says: /approval/ },
      { at: hours(3) + 5, state: "finished" },
    ],
  };
}

function beatsWhileItWaits(): Scenario {
  const p = pipeline("beats-while-it-waits");
  const load = p.step("load");
  return {
    name: "a step says once that it waits for a lock, and beats on by RUNNING events",
    origin: "A beat says that it lives, not that it goes on",
    run: p.run,
    log: [
      p.starts(0),
      load.starts(1, { interval: 10 }),
      load.says("RUNNING", 11, { interval: 10, facets: wait("lock", { on: "orders" }) }),
      load.beats(21, minutes(30), 10),
      load.says("RUNNING", minutes(30) + 10, {
        facets: { unstuck_heartbeat: { interval: 10, progress: { done: 1, total: 9 } } },
      }),
      load.beats(minutes(30) + 20, hours(1), 10),
    ],
    asked: [
      {
        at: minutes(20),
        state: "waiting",
        holds: { load: "held-lock proven" },
        says: /19m/,
        never: SILENCE_RULES,
      },
      { at: minutes(40), state: "progressing", never: [...SILENCE_RULES, "held-lock"] },
    ],
  };
}

function repeatedWait(): Scenario {
  const p = pipeline("repeated-wait");
  const fit = p.step("fit");
  const say = { interval: 10, facets: wait("capacity", { on: "gpu" }) };
  return {
    name: "a step that has started says with each beat that it waits for capacity",
    origin: "Each time it said so it began to wait anew",
    run: p.run,
    log: [p.starts(0), fit.starts(1, say), fit.beats(11, hours(1), 10, say)],
    asked: [
      { at: minutes(5), state: "waiting", never: SILENCE_RULES, says: /4m/ },
      {
        at: minutes(40),
        state: "waiting",
        holds: { fit: "starved-queue proven" },
        says: /39m/,
        never: SILENCE_RULES,
      },
    ],
  };
}

function oneWaitAfterAnother(): Scenario {
  const p = pipeline("one-wait-after-another");
  const fit = p.step("fit");
  return {
    name: "a step waited nine minutes for its queue, and three for a lock",
    origin: "The second wait was counted from the first",
    run: p.run,
    log: [
      p.starts(0),
      fit.says("OTHER", 1, { facets: wait("queue", { on: "celery" }) }),
      fit.says("OTHER", minutes(9), { facets: wait("lock", { on: "orders" }) }),
    ],
    asked: [
      {
        at: minutes(12) + 2,
        state: "waiting",
        holds: { fit: "held-lock proven" },
        says: /waited 3m for the lock/,
      },
    ],
  };
}

function cacheOfAnother(): Scenario {
  const other = pipeline("cache-holder");
  const p = pipeline("cache-waiter");
  const prep = p.step("prep");
  return {
    name: "a step says that it waits for the cache and who fills it, and that one fails",
    origin: "The facet's kind `cache` with a holder; RULES unfinished-original",
    run: p.run,
    log: [
      other.starts(0),
      p.starts(5),
      prep.says("OTHER", 6, { facets: wait("cache", { on: "sha256:5d41", holder: { runId: other.run } }) }),
      other.fails(minutes(20), { error: "no space" }),
    ],
    asked: [
      {
        at: minutes(10),
        state: "waiting",
        holds: { prep: "unfinished-original proven" },
        never: SILENCE_RULES,
      },
      { at: minutes(30), state: "stuck", holds: { prep: "unfinished-original likely" } },
    ],
  };
}

function cacheGivenUp(): Scenario {
  const other = pipeline("cache-given-up-by");
  const p = pipeline("cache-given-up");
  const prep = p.step("prep");
  const facets = {
    unstuck_cache: { status: "WAITING", key: "sha256:5d41", reusedFrom: { runId: other.run } },
  };
  return {
    name: "what a step waited for has failed, and it does the work itself",
    origin: "RULES unfinished-original: what works waits no more",
    run: p.run,
    log: [
      other.starts(0),
      other.fails(60, { error: "no space" }),
      p.starts(5),
      prep.starts(6, { interval: 10, facets }),
      prep.beats(16, 66, 10),
      ...[...Array(100).keys()].map((n) =>
        prep.says("RUNNING", 76 + 10 * n, {
          facets: { unstuck_heartbeat: { interval: 10, progress: { done: n, total: 500 } } },
        }),
      ),
    ],
    asked: [{ at: minutes(15), state: "progressing", never: [...SILENCE_RULES, "unfinished-original"] }],
  };
}

function announcedForDays(): Scenario {
  const p = pipeline("announced");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "a step is spoken of, does not say what it waits for, and never starts",
    origin: "RULES never-started; silence that nobody promised to break counts after a day",
    run: p.run,
    log: [p.starts(0, { jobFacets: p.plan({ a: ["b"] }) }), a.runs(5, 30), b.says("OTHER", 31)],
    asked: [
      { at: hours(20), state: "progressing", never: SILENCE_RULES },
      { at: days(2), state: "suspect", holds: { b: "never-started possible" } },
    ],
  };
}

function lostRootStart(): Scenario {
  const p = pipeline("lost-root-start");
  const a = p.step("a");
  return {
    name: "of a run only an OTHER came, its steps have ended, it has not",
    origin: "Its start was lost, and so was its end: what ended below it shows that it began",
    run: p.run,
    log: [p.says("OTHER", 0), a.runs(5, 60)],
    asked: [
      { at: minutes(5), state: "progressing", never: SILENCE_RULES },
      { at: hours(1), state: "suspect", holds: { "lost-root-start": "unclosed-parent possible" } },
    ],
  };
}

function readAfterwards(): Scenario {
  const p = pipeline("read-afterwards");
  const [make, use] = [p.step("make"), p.step("use")];
  return {
    name: "no DAG was told, the end of a step was lost, and another one has read what it was to write",
    origin:
      "RULES guard 4: a later reader; the reader may have read an older version, so no more than possible",
    run: p.run,
    log: [
      p.starts(0),
      make.starts(1, { outputs: ["table"] }),
      use.starts(200, { inputs: ["table"], outputs: ["report"] }),
      use.completes(400, { inputs: ["table"], outputs: ["report"] }),
    ],
    asked: [
      { at: 390, state: "progressing", never: SILENCE_RULES },
      { at: 600, state: "suspect", holds: { make: "lost-completion possible" }, says: /read `table`/ },
    ],
  };
}

function readBeside(): Scenario {
  const p = pipeline("read-beside", { jobType: { processingType: "BATCH", integration: "AIRFLOW" } });
  const [make, use] = [p.step("make"), p.step("use")];
  const jobFacets = { jobType: { processingType: "BATCH", integration: "AIRFLOW", jobType: "TASK" } };
  return {
    name: "two Airflow tasks side by side, one reads yesterday's version of what the other is writing for hours",
    origin: "RULES guard 4 and its limit: Airflow starts nothing by what is read",
    run: p.run,
    log: [
      p.starts(0),
      make.starts(1, { jobFacets, outputs: ["table"] }),
      use.starts(200, { jobFacets, inputs: ["table"], outputs: ["report"] }),
      use.completes(400, { jobFacets, inputs: ["table"], outputs: ["report"] }),
      make.completes(hours(3), { jobFacets, outputs: ["table"] }),
      p.completes(hours(3) + 5),
    ],
    asked: [
      { at: 600, state: "progressing", never: SILENCE_RULES },
      { at: hours(2), state: "progressing", never: SILENCE_RULES },
      { at: hours(3) + 10, state: "finished" },
    ],
  };
}

function storesClock(): Scenario {
  const p = pipeline("stores-clock");
  const train = p.step("train");
  const outputs = [probed("model", "written", { modifiedAt: minutes(5) })];
  const ahead = withClock(
    hours(2),
    p.starts(0, { interval: 10 }),
    p.beats(10, minutes(5), 10),
    train.starts(1, { interval: 10, outputs: ["model"] }),
    train.beats(11, minutes(5), 10),
  );
  const wrote = withClock(hours(2), train.says("RUNNING", minutes(5) + 1, { interval: 10 }));
  const told = wrote.map(({ at, json }) => ({
    at,
    json: { ...json, outputs: outputs.map((output) => ({ namespace: "s3://lake", ...output })) },
  }));
  return {
    name: "a worker's clock is two hours ahead, the store's is right, and its output was just written",
    origin: "Of the store's time two hours were taken off as well: it hung since before it began (guard 9)",
    run: p.run,
    log: [ahead, told],
    asked: [
      { at: minutes(5) + 3, state: "progressing", never: SILENCE_RULES },
      { at: minutes(5) + 9, state: "progressing", never: SILENCE_RULES },
    ],
  };
}

function deadAboveOnePassed(): Scenario {
  const p = pipeline("dead-above-passed");
  const [a, b, c] = [p.step("a"), p.step("b"), p.step("c")];
  return {
    name: "a run's beats stop; of its steps one has lost its end and was passed, one says nothing",
    origin: "What holds nothing itself stood in the way of the verdict on the run",
    run: p.run,
    log: [
      p.starts(0, { interval: 10, jobFacets: p.plan({ a: ["b"], c: [] }) }),
      p.beats(10, minutes(5), 10),
      a.starts(1),
      c.starts(2),
      b.runs(60, minutes(4)),
    ],
    asked: [
      { at: minutes(4) + 30, state: "progressing", holds: { a: "lost-completion?" } },
      {
        at: minutes(10),
        state: "stuck",
        holds: { "dead-above-passed": "silent-heartbeat likely", a: "lost-completion possible" },
      },
    ],
  };
}

function deadForDays(): Scenario {
  const p = pipeline("dead-for-days");
  const a = p.step("a");
  return {
    name: "a run's beats stopped two days ago, the step below it never promised any",
    origin: "After a day the weaker verdict on the step took the place of the one on its run",
    run: p.run,
    log: [p.starts(0, { interval: 10 }), p.beats(10, minutes(5), 10), a.starts(1)],
    asked: [
      { at: minutes(10), state: "stuck", holds: { "dead-for-days": "silent-heartbeat likely" } },
      {
        at: days(2),
        state: "stuck",
        holds: { "dead-for-days": "silent-heartbeat likely", a: "lost-completion possible" },
      },
    ],
  };
}

function passedThenSilent(): Scenario {
  const p = pipeline("passed-then-silent");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "what waits for a step has long begun when the step's beats stop",
    origin: "For some seconds it was said to hold what had passed it",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ a: ["b"] }) }),
      a.starts(1, { interval: 10 }),
      a.beats(11, minutes(10), 10),
      b.starts(60),
    ],
    asked: [30, 40, 50, 70, 100].map((after) => ({
      at: minutes(10) + after,
      state: "progressing" as const,
      holds: { a: ["nothing", "silent-heartbeat possible?", "lost-completion possible?"] },
    })),
  };
}

function lastWordWasItsWrite(): Scenario {
  const p = pipeline("last-word-was-its-write");
  const train = p.step("train");
  return {
    name: "a step beats each minute, and the last that it says is what it wrote",
    origin: "It was said to hang after its output before its next beat was due",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { interval: 60, outputs: ["model"] }),
      train.beats(61, minutes(9), 60),
      train.says("RUNNING", minutes(10), { interval: 60, outputs: [counted("model")] }),
    ],
    asked: [
      { at: minutes(11) + 10, state: "progressing", never: SILENCE_RULES },
      { at: minutes(12), state: "progressing", never: SILENCE_RULES },
      { at: minutes(13) + 10, state: "stuck", holds: { train: "lost-completion proven" } },
    ],
  };
}

export const toldWaits: readonly Scenario[] = [
  waitsWithoutBeats(),
  writtenThenApproved(),
  writtenThenApproved(10),
  beatsWhileItWaits(),
  repeatedWait(),
  oneWaitAfterAnother(),
  cacheOfAnother(),
  cacheGivenUp(),
  announcedForDays(),
  lostRootStart(),
  readAfterwards(),
  readBeside(),
  storesClock(),
  deadAboveOnePassed(),
  deadForDays(),
  passedThenSilent(),
  lastWordWasItsWrite(),
];
