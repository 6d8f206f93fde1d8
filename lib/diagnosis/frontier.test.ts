import { describe, expect, it } from "vitest";
import { aRun, second } from "../testing/a-run.ts";
import { diagnoseAt, held } from "../testing/verdict-on.ts";
import { diagnoseNode } from "./diagnose.ts";

const holders = (log: ReturnType<typeof aRun>, at: number) =>
  diagnoseAt(log, at).blockers.map((b) => [b.nodeKey, b.holds]);

describe("the frontier", () => {
  it("is what nothing open precedes, with what each holds", () => {
    const log = aRun("n").starts(0).plan("a -> c -> d; b -> d -> e").taskStarts("a", 1).taskStarts("b", 1);
    expect(holders(log, 30)).toEqual([
      ["a", 3],
      ["b", 2],
    ]);
  });

  it("is the deepest open attempt of a group, which holds what is behind the group", () => {
    const log = aRun("n")
      .starts(0)
      .plan("grp -> x -> y")
      .taskStarts("grp", 1)
      .groupPlan("grp", "one -> two", {}, 1)
      .taskStarts("grp/one", 2);
    expect(holders(log, 30)).toEqual([["grp/one", 3]]);
    expect(held(log, 30, "x")).toBe("blocked-upstream proven");
    const claim = diagnoseAt(log, 30).verdicts.find((v) => v.nodeKey === "x")?.claim;
    expect(claim).toContain("what holds it in the end is `grp/one`");
  });

  it("counts silent steps among what is held, and passes through them", () => {
    const log = aRun("n")
      .starts(0)
      .plan("a -> gate -> b", { silent: ["gate"] })
      .taskStarts("a", 1);
    expect(holders(log, 30)).toEqual([["a", 2]]);
  });

  it("does not hold what has already started", () => {
    const log = aRun("n").starts(0).plan("a -> b -> c").taskStarts("a", 1).taskStarts("b", 5);
    expect(holders(log, 30)).toEqual([
      ["b", 1],
      ["a", 0],
    ]);
  });

  it("is not what its orchestrator took for ended, while others work and for a minute after", () => {
    const log = aRun("n").starts(0).plan("a -> b -> c").taskStarts("a", 1).taskStarts("b", 5);
    expect(holders(log, 300)).toEqual([["b", 1]]);
    expect(diagnoseAt(log, 300).state).toBe("progressing");
    const ended = log.completes("b", 310).taskStarts("c", 312).completes("c", 320);
    expect(holders(ended, 379)).toEqual([["n", 0]]);
    expect(diagnoseAt(ended, 379).nextChangeAt).toBe(second(380));
    expect(holders(ended, 380)).toEqual([["a", 0]]);
    expect(diagnoseAt(ended, 380).state).toBe("suspect");
  });

  it("is an instance whose sibling's next step went on", () => {
    const log = aRun("n")
      .starts(0)
      .plan("a -> b")
      .taskStarts("a[0]", 1)
      .taskStarts("a[1]", 1, { promises: 10 });
    const on = log.completes("a[0]", 20).taskStarts("b[0]", 25);
    expect(held(on, 400, "a[1]")).toBe("silent-heartbeat likely");
    expect(diagnoseAt(on, 400).state).toBe("stuck");
    const all = aRun("n")
      .starts(0)
      .plan("a -> b")
      .taskStarts("a[0]", 1)
      .taskStarts("a[1]", 1)
      .completes("a[0]", 20);
    expect(diagnoseAt(all.taskStarts("b", 25), 400).state).toBe("progressing");
  });

  it("waits where all of it says what it waits for, whether or not a rule finds that long", () => {
    const log = aRun("n")
      .starts(0)
      .plan("gate -> b")
      .waits("gate", 5)
      .waitsFor("gate", 5, { kind: "approval", on: "release managers", since: 5 });
    const { state, headline, since } = diagnoseAt(log, 7_205);
    expect(state).toBe("waiting");
    expect(headline).toBe(
      "`gate` has waited 2h for its approval (`release managers`). It holds 1 of 2 nodes.",
    );
    expect(since).toBe(second(5));
    expect(diagnoseAt(log.taskStarts("gate", 7_300), 7_400).state).toBe("progressing");
  });

  it("takes instances of a mapped step each by itself", () => {
    let log = aRun("n").starts(0).plan("train -> report");
    for (const i of [0, 1, 2]) log = log.taskStarts(`train[${i}]`, 1);
    log = log.completes("train[1]", 5);
    expect(holders(log, 30)).toEqual([
      ["train[0]", 1],
      ["train[2]", 1],
    ]);
  });

  it("is the root where nothing else is open, and empty when the run has ended", () => {
    const log = aRun("n").starts(0).plan("a").taskStarts("a", 1).completes("a", 2);
    expect(holders(log, 10)).toEqual([["n", 0]]);
    expect(holders(log.ends(20), 30)).toEqual([]);
  });

  it("has something in it even where the order that was declared goes round", () => {
    const log = aRun("n")
      .starts(0)
      .plan("a -> b; b -> c; c -> b; a -> a")
      .taskStarts("a", 1)
      .completes("a", 2);
    expect(holders(log, 30)[0]?.[0]).toBe("b");
  });

  it("is a group that waits itself, or is yet to begin, with what is planned in it behind it", () => {
    const log = () => aRun("n").starts(0).plan("grp -> z").waits("grp", 5).groupPlan("grp", "x -> y", {}, 5);
    expect(holders(log(), 30)).toEqual([["grp", 3]]);
    const waits = log().waitsFor("grp", 6, { kind: "sensor", on: "s3://in" });
    expect(holders(waits, 9_000)).toEqual([["grp", 3]]);
    expect(diagnoseAt(waits, 9_000).state).toBe("waiting");
    const claim = diagnoseAt(waits, 9_000).verdicts.find((v) => v.nodeKey === "grp/y")?.claim;
    expect(claim).toBe("`grp/y` waits for `grp/x`; what holds it in the end is `grp`, which waits to run");
    expect(holders(waits.taskStarts("grp/x", 9_010), 9_020)).toEqual([["grp/x", 2]]);
    const dead = aRun("n")
      .starts(0)
      .taskStarts("grp", 5, { promises: 10 })
      .groupPlan("grp", "x -> y", {}, 5)
      .waitsFor("grp", 6, { kind: "pool" });
    expect(held(dead, 300, "grp")).toBe("silent-heartbeat likely");
    expect(holders(dead, 300)).toEqual([["grp", 2]]);
  });

  it("is the root where the run itself waits, or is yet to begin", () => {
    const log = aRun("n").waits("n", 0).plan("a -> b");
    expect(holders(log, 30)).toEqual([["n", 2]]);
    const queued = log.waitsFor("n", 40, { kind: "queue", on: "gpu" });
    expect(diagnoseAt(queued, 50).state).toBe("waiting");
    expect(held(queued, 3_600, "n")).toBe("starved-queue proven");
    expect(holders(queued.starts(4_000), 4_010)).toEqual([["a", 1]]);
  });

  it("leads with what is stuck, and says how many hold how much", () => {
    const log = aRun("n")
      .starts(0)
      .plan("a -> c -> d; b -> e")
      .taskStarts("a", 1, { outputs: ["x"] })
      .taskStarts("b", 1, { outputs: ["y"] })
      .writes("a", "x", 10)
      .writes("b", "y", 20);
    expect(diagnoseAt(log, 860).headline).toBe(
      "2 nodes hold 3: `a` wrote its output 14m ago and never reported completion.",
    );
  });

  it("bears 30,000 nodes: a chain that long, and a fan that wide", () => {
    const keys = Array.from({ length: 30_000 }, (_, i) => `s${String(i).padStart(5, "0")}`);
    const chain = aRun("n")
      .starts(0)
      .plan(keys.join(" -> "))
      .taskStarts("s00000", 1, { outputs: ["x"] });
    const deep = diagnoseAt(chain.writes("s00000", "x", 10), 100);
    expect(deep.blockers.map((b) => [b.nodeKey, b.holds])).toEqual([["s00000", 29_999]]);
    expect(deep.state).toBe("stuck");
    expect(deep.verdicts.length).toBeLessThan(300);
    const fan = aRun("n")
      .starts(0)
      .plan(
        keys
          .slice(1)
          .map((k) => `s00000 -> ${k} -> z`)
          .join(";"),
      )
      .taskStarts("s00000", 1)
      .completes("s00000", 2);
    const wide = diagnoseAt(fan, 1000);
    expect(wide.state).toBe("suspect");
    expect(wide.blockers[0]?.holds).toBe(1);
    const { run, context, now } = fan.at(1000);
    expect(diagnoseNode(run, context, now, "z")[0]?.rule).toBe("blocked-upstream");
  }, 60_000);
});
