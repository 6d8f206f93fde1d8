/** Reuse, and the seed's three snippets. RULES: Caching; guard 8; invalidated-upstream. */
import { days, hours, minutes, probed, uuid } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import type { Json, Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
];
const reasons = ["changed-key", "disabled-reuse", "forced-rerun", "evicted-entry", "failed-lookup"];

/** What the key of a step is made of; a digest that differs is what changed. */
const cache = (status: string, code: string, more: Json = {}): Json => ({
  unstuck_cache: {
    status,
    key: `sha256:${code}`,
    components: [
      { name: "step.py", kind: "code", digest: `sha256:${code}`, value: code },
      { name: "epochs", kind: "parameter", digest: "sha256:50", value: 50 },
    ],
    ...more,
  },
});

function reusedNode(): Scenario {
  const before = pipeline("reusing", { run: "before" });
  const p = pipeline("reusing");
  const old = before.step("prep");
  const [prep, train] = [p.step("prep"), p.step("train")];
  return {
    name: "a reused step shows its original's outputs",
    origin: "Outputs older than the attempt are normal for what is reused (Azure ML 2.5); guard 8",
    run: p.run,
    log: [
      before.starts(-days(1)),
      old.runs(5 - days(1), 300 - days(1), undefined, {
        outputs: ["table"],
        facets: cache("POPULATED", "aa"),
      }),
      before.completes(302 - days(1)),
      p.starts(0, { jobFacets: p.plan({ prep: ["train"] }) }),
      prep.starts(3, { facets: cache("HIT", "aa", { reusedFrom: { runId: old.id() } }) }),
      prep.completes(3.02, {
        facets: cache("HIT", "aa", { reusedFrom: { runId: old.id() } }),
        outputs: [probed("table", "written", { modifiedAt: 299 - days(1), writtenBy: old.id() })],
      }),
      train.starts(6, { interval: 10, inputs: ["table"] }),
      train.beats(16, 900, 10),
    ],
    asked: [
      { at: 10, state: "progressing", never: [...alarms, ...reasons, "foreign-outputs", "stale-reuse"] },
      { at: 900, state: "progressing", never: [...alarms, ...reasons, "foreign-outputs", "stale-reuse"] },
    ],
  };
}

function reusedOpen(): Scenario {
  const before = pipeline("half-told", { run: "before" });
  const p = pipeline("half-told");
  const old = before.step("prep");
  const prep = p.step("prep");
  return {
    name: "a reused step is told, its end is not yet",
    origin: "A hit's outputs are the original's: they must not make it lost or foreign; guard 8",
    run: p.run,
    log: [
      before.starts(-days(1)),
      old.runs(5 - days(1), 300 - days(1), undefined, {
        outputs: ["table"],
        facets: cache("POPULATED", "aa"),
      }),
      before.completes(302 - days(1)),
      p.starts(0),
      prep.starts(3, {
        facets: cache("HIT", "aa", { reusedFrom: { runId: old.id() } }),
        outputs: [probed("table", "written", { modifiedAt: 299 - days(1), writtenBy: old.id() })],
      }),
    ],
    asked: [{ at: 30, state: "progressing", never: [...alarms, "foreign-outputs"] }],
  };
}

function unfinishedOriginal(): Scenario {
  const other = pipeline("original");
  const p = pipeline("waiting-cache");
  const original = other.step("prep");
  const prep = p.step("prep");
  const waits = cache("WAITING", "aa", { reusedFrom: { runId: original.id() } });
  return {
    name: "a step waits for the result of another run's, which works",
    origin: "Pending on a cache reservation cannot be told from running (Flyte: link the blocking execution)",
    run: p.run,
    log: [
      other.starts(-100),
      original.starts(-90, { interval: 10 }),
      original.beats(-80, 2_000, 10),
      p.starts(0),
      prep.says("OTHER", 5, { facets: waits }),
    ],
    asked: [{ at: 900, state: "waiting", holds: { prep: "unfinished-original" }, never: alarms }],
  };
}

function failedOriginal(): Scenario {
  const other = pipeline("failed-original");
  const p = pipeline("waiting-failed");
  const original = other.step("prep");
  const prep = p.step("prep");
  return {
    name: "a step waits for the result of another run's, which failed",
    origin: "RULES unfinished-original: waits for an execution that failed or was deleted",
    run: p.run,
    log: [
      other.starts(-100),
      original.starts(-90),
      original.fails(100),
      other.fails(102),
      p.starts(0),
      prep.says("OTHER", 5, { facets: cache("WAITING", "aa", { reusedFrom: { runId: original.id() } }) }),
    ],
    asked: [{ at: hours(1), state: "stuck", holds: { prep: "unfinished-original" } }],
  };
}

function seedOne(): Scenario {
  const before = pipeline("seed-source", { run: "before" });
  const p = pipeline("seed-source");
  const told = (run: typeof p, at: number, code: string, hit: boolean) => {
    const [prep, train, report] = [run.step("prep"), run.step("train"), run.step("report")];
    return {
      plan: run.starts(at, { jobFacets: run.plan({ prep: ["train"], train: ["report"] }) }),
      prep: prep.runs(at + 2, at + (hit ? 2.05 : 60), undefined, {
        outputs: ["table"],
        facets: cache(
          hit ? "HIT" : "POPULATED",
          "p1",
          hit ? { reusedFrom: { runId: before.step("prep").id() } } : {},
        ),
      }),
      train,
      report,
      trainFacets: cache(hit ? "MISS" : "POPULATED", code),
    };
  };
  const old = told(before, -days(1), "t1", false);
  const now = told(p, 0, "t2", true);
  return {
    name: "seed 1: a step's source changed, with steps behind it",
    origin: "The seed's first snippet: why does it run again, though its outputs are there?",
    run: p.run,
    log: [
      old.plan,
      old.prep,
      old.train.runs(-days(1) + 65, -days(1) + 600, undefined, {
        outputs: ["model"],
        facets: old.trainFacets,
      }),
      old.report.runs(-days(1) + 605, -days(1) + 640, undefined, {
        outputs: ["html"],
        facets: cache("POPULATED", "r1"),
      }),
      before.completes(-days(1) + 642),
      now.plan,
      now.prep,
      now.train.starts(4, { interval: 10, outputs: ["model"], facets: now.trainFacets }),
      now.train.beats(14, 500, 10),
    ],
    asked: [
      {
        at: 300,
        state: "progressing",
        holds: {
          train: ["nothing", "invalidated-upstream?"],
          report: ["blocked-upstream", "invalidated-upstream"],
        },
        notes: { train: ["changed-key"] },
        never: [...alarms, "disabled-reuse", "forced-rerun", "evicted-entry"],
        says: /step\.py/,
      },
    ],
  };
}

function seedTwo(): Scenario {
  const before = pipeline("seed-reuse", { run: "before" });
  const p = pipeline("seed-reuse");
  const keys = ["kept", "forced", "off"] as const;
  const status = { kept: "HIT", forced: "BYPASSED", off: "DISABLED" };
  return {
    name: "seed 2: one step reused, one forced, one with reuse off, run twice",
    origin: "The seed's second snippet: which was reused, and why not the others?",
    run: p.run,
    log: [
      before.starts(-days(1)),
      keys.flatMap((key, i) =>
        before.step(key).runs(10 + i - days(1), 60 + i - days(1), undefined, {
          outputs: [key],
          facets: cache(key === "off" ? "DISABLED" : "POPULATED", key),
        }),
      ),
      before.completes(70 - days(1)),
      p.starts(0),
      keys.flatMap((key, i) =>
        p.step(key).runs(10 + i, key === "kept" ? 10.05 : 60 + i, undefined, {
          outputs: [key],
          facets: cache(
            status[key],
            key,
            key === "kept" ? { reusedFrom: { runId: before.step("kept").id() } } : {},
          ),
        }),
      ),
      p.completes(70),
    ],
    asked: [
      {
        at: 100,
        state: "finished",
        notes: { forced: ["forced-rerun"], off: ["disabled-reuse"] },
        never: [...alarms, "changed-key", "evicted-entry", "foreign-outputs"],
      },
    ],
  };
}

function seedThree(): Scenario {
  const p = pipeline("seed-sleep");
  const step = p.step("sleeper");
  return {
    name: "seed 3: a step wrote its output and sleeps 1,000 s",
    origin: "The seed's third snippet: the output is there, the run is not finished",
    run: p.run,
    log: [
      p.starts(0),
      step.starts(1, { interval: 10, outputs: ["output"] }),
      step.says("RUNNING", 5, { interval: 10, outputs: [probed("output", "written", { modifiedAt: 4 })] }),
      step.beats(11, 1_001, 10),
      step.completes(1_005, { outputs: ["output"] }),
      p.completes(1_006),
    ],
    asked: [
      { at: 40, state: "progressing", never: alarms },
      { at: 300, state: "stuck", holds: { sleeper: "hung-after-output" }, never: ["lost-completion"] },
      { at: 1_000, state: "stuck", holds: { sleeper: "hung-after-output" } },
      { at: 1_100, state: "finished", never: alarms },
    ],
  };
}

function evicted(): Scenario {
  const before = pipeline("evicting", { run: "before" });
  const p = pipeline("evicting");
  const train = p.step("train");
  return {
    name: "the key is equal, the entry is gone",
    origin: "'Missed because the cache file is missing' (Turborepo); RULES evicted-entry",
    run: p.run,
    log: [
      before.starts(-days(9)),
      before.step("train").runs(5 - days(9), 60 - days(9), undefined, { facets: cache("POPULATED", "aa") }),
      before.completes(62 - days(9)),
      p.starts(0),
      train.starts(3, { interval: 10, facets: cache("EVICTED", "aa") }),
      train.beats(13, 600, 10),
    ],
    asked: [
      {
        at: minutes(5),
        state: "progressing",
        notes: { train: ["evicted-entry"] },
        never: [...alarms, "changed-key"],
      },
    ],
  };
}

function bigQuery(): Scenario {
  const p = pipeline("warehouse");
  const query = p.step("query");
  return {
    name: "BigQuery answers from its cache, in a blink",
    origin: "The one native cache bit of the ecosystem; a hit needs no original that we know",
    run: p.run,
    log: [
      p.starts(0),
      query.runs(5, 5.4, undefined, {
        outputs: ["answer"],
        facets: {
          bigQueryJob: { cached: true, billedBytes: 0 },
          externalQuery: { externalQueryId: uuid("bq"), source: "bigquery" },
        },
      }),
      p.completes(6),
    ],
    asked: [
      { at: 60, state: "finished", never: [...alarms, ...reasons, "unfinished-original", "foreign-outputs"] },
    ],
  };
}

export const caching: readonly Scenario[] = [
  reusedNode(),
  reusedOpen(),
  unfinishedOriginal(),
  failedOriginal(),
  seedOne(),
  seedTwo(),
  seedThree(),
  evicted(),
  bigQuery(),
];
