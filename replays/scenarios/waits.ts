/** Queues, locks, retries, sensors, triggers: waiting for something named is not being stuck. */
import { days, hours, iso, minutes, wait } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import { type Scenario, SILENCE_RULES } from "../scenario.ts";

function queued(): Scenario {
  const p = pipeline("queued");
  const train = p.step("train");
  return {
    name: "a step waits for a queue, held by another job, then works",
    origin: "Queued shown as running, without a reason or a holder (Flyte, GitHub Actions)",
    run: p.run,
    log: [
      p.starts(0),
      train.says("OTHER", 5, {
        facets: wait("queue", { on: "gpu-a100", holder: { job: "ml-prod/sweep" }, since: iso(5) }),
      }),
      train.starts(minutes(30), { interval: 10 }),
      train.beats(minutes(30) + 10, hours(1), 10),
    ],
    asked: [
      { at: minutes(5), state: ["waiting", "progressing"], never: SILENCE_RULES },
      {
        at: minutes(25),
        state: "waiting",
        holds: { train: "starved-queue" },
        never: SILENCE_RULES,
        says: /gpu-a100/,
      },
      {
        at: minutes(40),
        state: "progressing",
        holds: { train: "nothing" },
        never: [...SILENCE_RULES, "starved-queue"],
      },
    ],
  };
}

function lockHeld(): Scenario {
  const p = pipeline("locked");
  const holder = pipeline("holding");
  const write = p.step("write");
  return {
    name: "a step waits for a lock that a living run holds",
    origin: "'Waiting for lock, 1/1' and no word of who holds it (Argo, Flyte: link the blocking execution)",
    run: p.run,
    log: [
      holder.starts(-100, { interval: 10 }),
      holder.beats(-90, 2_000, 10),
      p.starts(0),
      write.says("OTHER", 5, {
        facets: wait("lock", { on: "features/orders", holder: { runId: holder.run }, since: iso(5) }),
      }),
    ],
    asked: [
      {
        at: minutes(20),
        state: "waiting",
        holds: { write: "held-lock" },
        never: SILENCE_RULES,
        says: /features\/orders/,
      },
    ],
  };
}

function lockLeft(): Scenario {
  const p = pipeline("lock-left");
  const holder = pipeline("gone");
  const write = p.step("write");
  return {
    name: "the lock's holder ended, the lock is still waited for",
    origin: "Slots in use with nothing running (Prefect); 8 days unseen, holding a mutex (Argo)",
    run: p.run,
    log: [
      holder.starts(-100),
      holder.completes(60),
      p.starts(0),
      write.says("OTHER", 5, {
        facets: wait("lock", { on: "features/orders", holder: { runId: holder.run }, since: iso(5) }),
      }),
    ],
    asked: [
      { at: hours(2), state: ["waiting", "stuck"], holds: { write: "held-lock" }, never: SILENCE_RULES },
    ],
  };
}

function lockFreed(): Scenario {
  const p = pipeline("lock-freed");
  const write = p.step("write");
  return {
    name: "a step had waited for a lock, now it works",
    origin: "Stale reasons stay on the screen (Temporal): a wait ends with the start of the work",
    run: p.run,
    log: [
      p.starts(0),
      write.says("OTHER", 5, { facets: wait("lock", { on: "features/orders", since: iso(5) }) }),
      write.starts(minutes(20), { interval: 10 }),
      write.beats(minutes(20) + 10, hours(1), 10),
    ],
    asked: [
      {
        at: minutes(30),
        state: "progressing",
        holds: { write: "nothing" },
        never: [...SILENCE_RULES, "held-lock"],
      },
      { at: hours(1), state: "progressing", never: [...SILENCE_RULES, "held-lock"] },
    ],
  };
}

function approval(): Scenario {
  const p = pipeline("approval");
  const [build, gate] = [p.step("build"), p.step("gate")];
  return {
    name: "a gate waits two days for an approval",
    origin: "Suspended taken for hung (Prefect, Argo): a person is waited for, and named",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ build: ["gate"], gate: ["deploy"] }) }),
      build.runs(1, 60),
      gate.says("OTHER", 65, { facets: wait("approval", { on: "release managers", since: iso(65) }) }),
    ],
    asked: [
      { at: hours(1), state: "waiting", never: SILENCE_RULES },
      { at: days(2), state: "waiting", never: SILENCE_RULES },
    ],
  };
}

function retrySaid(): Scenario {
  const p = pipeline("retry-said");
  const load = p.step("load");
  return {
    name: "a try failed, the next is due in an hour, as it is said",
    origin: "Retry shown as failed, or at random (Ray); Temporal's next-retry time is the bar",
    run: p.run,
    log: [
      p.starts(0),
      load.starts(1, { maxAttempts: 5 }),
      load.fails(60, {
        maxAttempts: 5,
        error: "503 from the warehouse",
        facets: wait("retry", { since: iso(60), until: iso(60 + hours(1)) }),
      }),
      load.starts(60 + hours(1), { try: 2, maxAttempts: 5, interval: 10 }),
      load.beats(70 + hours(1), hours(2), 10, { try: 2 }),
    ],
    asked: [
      {
        at: minutes(30),
        state: "waiting",
        holds: { load: "waiting-retry" },
        never: [...SILENCE_RULES, "retry-loop"],
      },
      {
        at: minutes(90),
        state: "progressing",
        holds: { load: "nothing" },
        never: [...SILENCE_RULES, "waiting-retry"],
      },
    ],
  };
}

function retryLoop(): Scenario {
  const p = pipeline("looping");
  const load = p.step("load");
  const tries = [1, 2, 3, 4];
  return {
    name: "four tries fail with the same words, and a fifth is due",
    origin: "Retried for ever: each try looks like progress (Temporal: flagged after two)",
    run: p.run,
    log: [
      p.starts(0),
      tries.flatMap((n) => [
        load.starts(n * 100, { try: n, maxAttempts: 10 }),
        load.fails(n * 100 + 50, { try: n, maxAttempts: 10, error: "PermissionError: s3://lake/orders" }),
      ]),
    ],
    asked: [
      { at: 160, state: "waiting", never: ["retry-loop"] },
      { at: 460, state: "stuck", holds: { load: "retry-loop" } },
    ],
  };
}

function chain(): Scenario {
  const p = pipeline("chained");
  const keys = ["a", "b", "c", "d", "e", "f"];
  const a = p.step("a");
  return {
    name: "five steps wait in a chain for the first, which works",
    origin: "Direct upstreams listed, never the root blocker (Airflow, Metaflow)",
    run: p.run,
    log: [
      p.starts(0, {
        jobFacets: p.plan(Object.fromEntries(keys.slice(0, -1).map((k, i) => [k, [keys[i + 1] ?? ""]]))),
      }),
      a.starts(1, { interval: 10 }),
      a.beats(11, 3_600, 10),
    ],
    asked: [
      {
        at: 3_600,
        state: "progressing",
        holds: { a: "nothing", f: "blocked-upstream" },
        never: ["never-started", "failed-upstream"],
        neverSays: /`e`.*(blocks|holds) `f`/,
      },
    ],
  };
}

function cycle(): Scenario {
  const p = pipeline("circle");
  return {
    name: "two steps wait for each other",
    origin: "A circle in the edges: nothing can ever start",
    run: p.run,
    log: [p.starts(0, { jobFacets: p.plan({ a: ["b"], b: ["c"], c: ["b"] }) }), p.step("a").runs(1, 30)],
    asked: [
      {
        at: hours(1),
        state: "stuck",
        holds: { b: ["dependency-cycle"], c: ["dependency-cycle?", "blocked-upstream?"] },
      },
    ],
  };
}

function noneFailed(): Scenario {
  const p = pipeline("none-failed");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "none_failed behind a failed and a sound step, one_success beside it",
    origin: "The trigger rule decides whether a failure blocks; both read the same upstreams",
    run: p.run,
    log: [
      p.starts(0, {
        jobFacets: p.plan(
          { a: ["join", "any"], b: ["join", "any"] },
          { triggers: { join: "none_failed", any: "one_success" } },
        ),
      }),
      a.starts(1),
      a.fails(30),
      b.runs(1, 60),
      p.step("any").runs(62, hours(1), 10),
    ],
    asked: [
      { at: 61, state: ["progressing", "waiting"], never: SILENCE_RULES },
      // `join` can never start, and is the only thing that will not change; but the run still works.
      {
        at: hours(2),
        state: "stuck",
        holds: { join: "failed-upstream", any: "nothing" },
        never: SILENCE_RULES,
      },
    ],
  };
}

function learnedDelay(): Scenario {
  const past = [1, 2, 3, 4, 5, 6].map((n) => {
    const p = pipeline("slow-queue", { run: `past ${n}` });
    const from = -days(n);
    return [
      p.starts(from, { jobFacets: p.plan({ a: ["b"] }) }),
      ...p.step("a").runs(from + 5, from + 60),
      ...p.step("b").runs(from + 60 + minutes(25), from + hours(1)),
      p.completes(from + hours(1)),
    ];
  });
  const p = pipeline("slow-queue");
  return {
    name: "a step always starts 25 minutes after it may",
    origin: "RULES never-started: longer than its learned delay",
    run: p.run,
    log: [...past, p.starts(0, { jobFacets: p.plan({ a: ["b"] }) }), p.step("a").runs(5, 60)],
    asked: [{ at: 60 + minutes(20), state: ["progressing", "waiting"], never: SILENCE_RULES }],
  };
}

export const waits: readonly Scenario[] = [
  queued(),
  lockHeld(),
  lockLeft(),
  lockFreed(),
  approval(),
  retrySaid(),
  retryLoop(),
  chain(),
  cycle(),
  noneFailed(),
  learnedDelay(),
];
