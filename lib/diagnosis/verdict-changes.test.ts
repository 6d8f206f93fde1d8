import { describe, expect, it } from "vitest";
import type { Instant } from "../base/instant.ts";
import { aRun, type RunLog, second } from "../testing/a-run.ts";
import { diagnose } from "./diagnose.ts";
import { defaultPolicy } from "./policy.ts";
import { type Override, policyOfRun } from "./policy-overrides.ts";
import { type OpenVerdict, type VerdictChange, verdictChanges } from "./verdict-changes.ts";

interface Looked {
  readonly log: RunLog;
  readonly at: number;
  readonly overrides?: readonly Override[];
}

/** What a row of looks at a run gives, each compared with the one before; with what stands open at the end. */
function looks(...all: Looked[]): { changes: string[]; open: OpenVerdict[] } {
  const open = new Map<string, OpenVerdict>();
  const changes: string[] = [];
  let lookedAt: Instant | null = null;
  let hadEnded = false;
  for (const { log, at, overrides = [] } of all) {
    const told = log.at(at);
    const { run, now } = told;
    const diagnosis = diagnose(run, { ...told.context, overrides }, now);
    const { of } = policyOfRun(run.pipeline, overrides, defaultPolicy);
    const policyOf = (key: string) => of(key).values;
    for (const change of verdictChanges([...open.values()], {
      run,
      diagnosis,
      policyOf,
      lookedAt,
      hadEnded,
    })) {
      const key = [change.nodeKey, change.rule, change.attemptId].join();
      if (change.change === "closed") open.delete(key);
      else open.set(key, change);
      changes.push(inWords(change));
    }
    lookedAt = now;
    hadEnded = run.endedAt !== undefined;
  }
  return { changes, open: [...open.values()] };
}

function inWords({ change, rule, nodeKey, certainty, words }: VerdictChange): string {
  const said = `${change} ${rule} of ${nodeKey}`;
  return change === "closed" ? `${said}: ${words}` : `${said}, ${certainty}`;
}

const started = () =>
  aRun("n")
    .starts(0)
    .plan("train")
    .taskStarts("train", 1, { outputs: ["model"] });
const beating = (until: number) =>
  aRun("n")
    .starts(0)
    .plan("train")
    .taskStarts("train", 1, { promises: 10 })
    .beats("train", { from: 1, to: until, every: 10 });

describe("the changes of verdicts", () => {
  it("is not that a step to come waits for those before it, but is that it waits in vain", () => {
    const log = () =>
      aRun("n")
        .starts(0)
        .plan("load -> train -> report")
        .taskStarts("load", 1, { outputs: ["raw"] });
    const failed = log().fails("load", 90);
    expect(looks({ log: log(), at: 2 }, { log: log(), at: 80 }).changes).toEqual([]);
    expect(looks({ log: log(), at: 2 }, { log: failed, at: 300 }).changes).toContain(
      "opened failed-upstream of train, likely",
    );
    // One that was heard of, and waits, tells more than its plan does.
    const spoke = log().waits("train", 5);
    expect(looks({ log: spoke, at: 10 }).changes).toEqual(["opened blocked-upstream of train, proven"]);
  });

  it("are none where nothing changed but the durations in the words", () => {
    const log = started().writes("train", "model", 10);
    expect(looks({ log, at: 100 }, { log, at: 500 }).changes).toEqual([
      "opened lost-completion of train, likely",
    ]);
  });

  it("tell of an end how late it came", () => {
    const log = () => started().writes("train", "model", 10);
    const { changes, open } = looks(
      { log: log(), at: 100 },
      {
        log: started()
          .writes("train", "model", 10)
          .completes("train", 10 + 41 * 60),
        at: 3000,
      },
    );
    expect(changes.filter((text) => text.includes("of train"))).toEqual([
      "opened lost-completion of train, likely",
      "closed lost-completion of train: `COMPLETE` arrived 41m late",
    ]);
    expect(open.map((verdict) => verdict.nodeKey)).not.toContain("train");
  });

  it("tell of silence that it grew, and that beats came back", () => {
    expect(
      looks({ log: beating(60), at: 80 }, { log: beating(60), at: 100 }, { log: beating(120), at: 122 })
        .changes,
    ).toEqual([
      "opened silent-heartbeat of train, possible",
      "changed silent-heartbeat of train, likely",
      expect.stringMatching(/^closed silent-heartbeat of train: beats came back after \d/),
    ]);
  });

  it("tell of a new attempt, and open what holds for that one anew", () => {
    const first = aRun("n").starts(0).plan("train").taskStarts("train", 1, { promises: 10, number: 1 });
    const second = aRun("n")
      .starts(0)
      .plan("train")
      .taskStarts("train", 1, { promises: 10, number: 1 })
      .taskStarts("train", 200, { promises: 10, number: 2 });
    expect(looks({ log: first, at: 100 }, { log: second, at: 300 }).changes).toEqual([
      "opened silent-heartbeat of train, likely",
      "opened silent-heartbeat of train, likely",
      "closed silent-heartbeat of train: a new attempt started: number 2",
    ]);
  });

  it("tell of a planned step that it started after all", () => {
    const before = aRun("n").starts(0).plan("a -> b").taskStarts("a", 1).completes("a", 10);
    const after = aRun("n")
      .starts(0)
      .plan("a -> b")
      .taskStarts("a", 1)
      .completes("a", 10)
      .taskStarts("b", 1510);
    expect(looks({ log: before, at: 1000 }, { log: after, at: 1520 }).changes).toEqual([
      "opened never-started of b, possible",
      "closed never-started of b: the step started 25m late",
    ]);
  });

  it("tell of the run's end", () => {
    const log = () => started().writes("train", "model", 10);
    expect(looks({ log: log(), at: 100 }, { log: log().ends(600), at: 700 }).changes.at(-1)).toMatch(
      /^closed lost-completion of train: (the run ended|its parent ended)/,
    );
  });

  it("tell of a policy that was set, before anything else that is seen", () => {
    const log = started().writes("train", "model", 10);
    const set: Override = {
      ...{ threshold: "outputStableMs", value: 900_000, pipeline: "*", node: "train" },
      ...{ who: "Ada", at: second(120) },
    };
    expect(looks({ log, at: 100 }, { log, at: 130, overrides: [set] }).changes.at(-1)).toBe(
      "closed lost-completion of train: the policy changed: `outputStableMs` is 15m, and was 1m",
    );
  });

  it("leave open what is only too far down to be listed", () => {
    const names = Array.from({ length: 12 }, (_, i) => `t${i}`);
    const log = names.reduce(
      (told, name) => told.taskStarts(name, 1, { outputs: ["o"] }).writes(name, "o", 10),
      aRun("n").starts(0).plan(names.join("; ")),
    );
    const fewer: Override = {
      ...{ threshold: "listed", value: 10, pipeline: "*", node: null },
      ...{ who: "Ada", at: second(120) },
    };
    const { changes, open } = looks({ log, at: 100 }, { log, at: 130, overrides: [fewer] });
    expect(changes).toHaveLength(12);
    expect(open).toHaveLength(12);
  });
});
