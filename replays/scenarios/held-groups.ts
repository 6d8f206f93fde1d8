/** Runs and groups that wait themselves, or have ended, with steps planned in them that have not begun. */
import { days, hours, iso, minutes, wait } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import { type Scenario, SILENCE_RULES } from "../scenario.ts";

function queuedRun(): Scenario {
  const p = pipeline("queued-run");
  return {
    name: "a run that stands in a queue has told its plan",
    origin: "DESIGN 5: it waits for something named; what is planned in it cannot begin before",
    run: p.run,
    log: [
      p.says("OTHER", 0, {
        jobFacets: p.plan({ a: ["b"] }),
        facets: wait("queue", { on: "gpu-a100", since: iso(0) }),
      }),
    ],
    asked: [
      { at: 60, state: "waiting", never: SILENCE_RULES, says: /queued-run.*queue/ },
      {
        at: hours(2),
        state: "waiting",
        holds: { "queued-run": "starved-queue proven" },
        never: SILENCE_RULES,
      },
    ],
  };
}

function queuedByItsWord(): Scenario {
  const p = pipeline("queued-by-word");
  return {
    name: "a run's source says Queued, and its plan is known",
    origin: "Azure ML's word for it; RULES starved-queue",
    run: p.run,
    log: [
      p.says("OTHER", 0, {
        jobFacets: p.plan({ a: ["b"] }),
        facets: { unstuck_attempt: { state: "Queued" } },
      }),
    ],
    asked: [
      { at: 60, state: ["progressing", "waiting"], never: SILENCE_RULES },
      {
        at: hours(1),
        state: "waiting",
        holds: { "queued-by-word": "starved-queue likely" },
        never: SILENCE_RULES,
      },
    ],
  };
}

function startedAndWaits(): Scenario {
  const p = pipeline("started-and-waits");
  const a = p.step("a");
  return {
    name: "a run has started and waits for capacity, then its first step works",
    origin: "What waits with it was called never started",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ a: ["b"] }), facets: wait("capacity", { on: "spot" }) }),
      a.starts(minutes(40), { interval: 10 }),
      a.beats(minutes(40) + 10, hours(1), 10),
    ],
    asked: [
      {
        at: minutes(30),
        state: "waiting",
        holds: { "started-and-waits": "starved-queue proven" },
        never: SILENCE_RULES,
      },
      { at: minutes(50), state: "progressing", never: [...SILENCE_RULES, "starved-queue"] },
    ],
  };
}

function queuedGroup(): Scenario {
  const p = pipeline("queued-group");
  const group = p.step("group");
  return {
    name: "a group waits for a pool, and what is planned in it with it",
    origin: "What waits with it was called never started",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ group: ["after"] }) }),
      group.says("OTHER", 5, { jobFacets: p.plan({ x: ["y"] }), facets: wait("pool", { on: "etl" }) }),
    ],
    asked: [
      { at: 60, state: "waiting", never: SILENCE_RULES },
      { at: hours(1), state: "waiting", holds: { group: "starved-queue proven" }, never: SILENCE_RULES },
    ],
  };
}

function approvedBetween(): Scenario {
  const p = pipeline("approved-between");
  const a = p.step("a");
  return {
    name: "a run waits for an approval between two of its steps",
    origin: "Suspended taken for hung (Prefect, Argo): a person is waited for",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ a: ["deploy"] }) }),
      a.runs(5, 30),
      p.says("RUNNING", 31, { facets: wait("approval", { on: "deploy" }) }),
    ],
    asked: [
      { at: minutes(2), state: "waiting", never: SILENCE_RULES, says: /approval/ },
      { at: days(2), state: "waiting", never: SILENCE_RULES },
    ],
  };
}

function approvedAtTheEnd(): Scenario {
  const p = pipeline("approved-at-end");
  const a = p.step("a");
  return {
    name: "all steps of a run have ended, and it waits for an approval to close",
    origin: "RULES unclosed-parent against a wait that is told",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: p.plan({ a: [] }) }),
      a.runs(5, 30),
      p.says("RUNNING", 31, { facets: wait("approval", { on: "release" }) }),
    ],
    asked: [{ at: hours(5), state: "waiting", never: SILENCE_RULES, says: /approval/ }],
  };
}

function endedGroup(outcome: "COMPLETE" | "FAIL"): Scenario {
  const p = pipeline(`group-${outcome.toLowerCase()}`);
  const [group, after] = [p.step("group"), p.step("after")];
  const x = p.step("x", { run: group.id(), name: `${p.above.name}.group` });
  const log = [
    p.starts(0, { jobFacets: p.plan({ group: ["after"] }) }),
    group.starts(1, { jobFacets: p.plan({ x: ["y"] }) }),
    x.runs(2, 20),
    group.says(outcome, 30),
  ];
  return outcome === "COMPLETE"
    ? {
        name: "a group ends without a step that was planned in it, and the run goes on",
        origin: "What its orchestrator closed was waited for: such a step was left out",
        run: p.run,
        log: [...log, after.runs(32, 60), p.says("RUNNING", 61)],
        asked: [
          {
            at: hours(1),
            state: "stuck",
            holds: { [p.above.name]: "unclosed-parent likely" },
            never: ["never-started"],
          },
        ],
      }
    : {
        name: "a group fails before a step that was planned in it, and nothing goes on",
        origin: "The step that was never to come hid what had failed",
        run: p.run,
        log,
        asked: [
          { at: hours(1), state: "stuck", holds: { after: "failed-upstream" }, never: ["never-started"] },
        ],
      };
}

function failedGroup(): Scenario {
  const p = pipeline("failed-group");
  const group = p.step("group");
  const tries = { maxAttempts: 3 };
  return {
    name: "a group's try fails before its first step, the next one is to come",
    origin: "What waits for the next try was called never started",
    run: p.run,
    log: [
      p.starts(0),
      group.starts(1, { ...tries, jobFacets: p.plan({ x: ["y"] }) }),
      group.fails(20, { ...tries, error: "no quota" }),
    ],
    asked: [{ at: hours(1), state: "waiting", holds: { group: "waiting-retry" }, never: SILENCE_RULES }],
  };
}

function otherPlan(): Scenario {
  const p = pipeline("other-plan");
  const group = p.step("group");
  const step = (key: string, attempt: number) =>
    p.step(key, { run: group.id(attempt), name: `${p.above.name}.group` });
  return {
    name: "the second try of a group leaves a step of the first one out",
    origin: "Plans are made anew with each try (dynamic DAGs)",
    run: p.run,
    log: [
      p.starts(0, { interval: 10 }),
      p.beats(10, hours(2), 10),
      group.starts(1, { try: 1, maxAttempts: 2, jobFacets: p.plan({ x: [], gone: [] }) }),
      step("x", 1).runs(2, 20),
      group.fails(30, { try: 1, maxAttempts: 2 }),
      group.starts(40, { try: 2, maxAttempts: 2, jobFacets: p.plan({ x: ["z"], w: ["z"] }) }),
      step("x", 2).runs(42, 100, 10, { try: 2 }),
      step("w", 2).runs(43, 100, 10),
      step("z", 2).starts(101, { interval: 10 }),
      step("z", 2).beats(111, hours(2), 10),
    ],
    asked: [{ at: hours(1), state: "progressing", never: SILENCE_RULES }],
  };
}

function namedByJob(): Scenario {
  const p = pipeline("named-by-job");
  const [extract, load] = [p.step("extract"), p.step("load")];
  const told = { facets: { unstuck_attempt: { number: 1 } } };
  const plan = {
    unstuck_plan: {
      nodes: [
        { key: "first", job: "named-by-job.extract" },
        { key: "second", job: { namespace: "ml-prod", name: "named-by-job.load" } },
      ],
      edges: [{ from: "first", to: "second" }],
    },
  };
  return {
    name: "a plan calls its steps otherwise than their jobs are called, and names these",
    origin: "The facet's field `job`: what runs under that name is that step",
    run: p.run,
    log: [
      p.starts(0, { jobFacets: plan }),
      extract.says("START", 5, told),
      extract.says("COMPLETE", 60, told),
      load.says("START", 62, { facets: { ...told.facets, unstuck_heartbeat: { interval: 10 } } }),
      load.beats(72, hours(1), 10, told),
    ],
    asked: [
      { at: 30, state: "progressing", never: SILENCE_RULES, says: /`first`, which has been running/ },
      { at: minutes(40), state: "progressing", never: SILENCE_RULES, neverSays: /extract|load/ },
      {
        at: hours(1) + 60,
        state: "stuck",
        holds: { second: "silent-heartbeat likely" },
        neverSays: /extract|load/,
      },
    ],
  };
}

export const heldGroups: readonly Scenario[] = [
  queuedRun(),
  queuedByItsWord(),
  startedAndWaits(),
  queuedGroup(),
  approvedBetween(),
  approvedAtTheEnd(),
  endedGroup("COMPLETE"),
  endedGroup("FAIL"),
  failedGroup(),
  otherPlan(),
  namedByJob(),
];
