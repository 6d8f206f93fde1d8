/** Ids that are used again or in two ways: tries under one run id, two ends, a parent that is told late, an end posted twice. */
import { hours, iso, minutes, uuid, withClock, withRunFacet, withRunId } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import { spark } from "../producers/engines.ts";
import type { Received, Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
  "failed-upstream",
];

function triedAgain(): Scenario {
  const p = pipeline("same-id");
  const [fetch, load] = [p.step("fetch"), p.step("load")];
  return {
    name: "a step fails, starts again under its run id, and completes",
    origin:
      "Retry under the same run id (Azure ML attempts, Kubernetes restarts): the latest end counts, a start after it reopens",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ fetch: ["load"] }) }),
      fetch.starts(1, { interval: 10 }),
      fetch.beats(11, 60, 10),
      fetch.fails(65, { error: "connection reset" }),
      fetch.starts(120, { interval: 10 }),
      fetch.beats(130, 1800, 10),
      fetch.completes(1805),
      load.runs(1810, 2400, 10),
      p.completes(2405),
    ],
    asked: [
      { at: 90, state: ["progressing", "waiting"] },
      { at: 500, state: "progressing", holds: { fetch: "nothing" }, never: alarms },
      { at: 1700, state: "progressing", holds: { fetch: "nothing" }, never: alarms },
      { at: 2000, state: "progressing", never: alarms },
      { at: hours(2), state: "finished", never: alarms },
    ],
  };
}

function triedAgainAndDied(): Scenario {
  const p = pipeline("same-id-dies");
  const fetch = p.step("fetch");
  const other = pipeline("same-id-other");
  return {
    name: "a step fails, starts again under its run id, and falls silent",
    origin: "Retry under the same run id, and the second try dies: its promise to beat is broken",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ fetch: ["load"] }) }),
      fetch.starts(1, { interval: 10 }),
      fetch.beats(11, 60, 10),
      fetch.fails(65, { error: "connection reset" }),
      fetch.starts(120, { interval: 10 }),
      fetch.beats(130, 400, 10),
      other.starts(0, { interval: 10 }),
      other.beats(10, 2000, 10),
    ],
    asked: [
      { at: 390, state: "progressing", never: alarms },
      { at: 1000, state: "stuck", holds: { fetch: "silent-heartbeat" } },
    ],
  };
}

function evictedAndBack(): Scenario {
  const p = pipeline("evicted-same-id");
  const train = p.step("train");
  return {
    name: "a pod is evicted, and the same attempt starts on another node",
    origin:
      "Preempted and restarted under one id (Azure ML C10, Kubernetes): startTimeUtc jumps, nothing is lost",
    run: p.run,
    log: [
      p.starts(0),
      train.starts(1, { outputs: ["model"] }),
      train.says("OTHER", 300, { facets: { unstuck_compute: { kind: "evicted", at: iso(299) } } }),
      train.starts(330, { outputs: ["model"] }),
    ],
    asked: [
      { at: 320, state: "progressing", never: [...alarms, "lost-node"] },
      { at: hours(1), state: "progressing", never: [...alarms, "lost-node"] },
    ],
  };
}

function skewedTries(): Scenario {
  const p = pipeline("skewed-tries");
  const train = p.step("train");
  const again = (one: Received) => withRunId(one, uuid("skewed-tries train again"));
  const other = pipeline("skewed-other");
  return {
    name: "the first try's clock is two hours ahead, the second's is right",
    origin:
      "Skew between workers: tries without numbers are told apart by when they began, not by when they say so",
    run: p.run,
    log: [
      p.starts(0),
      withClock(
        hours(2),
        train.starts(1, { try: null, interval: 10 }),
        train.beats(11, 200, 10, { try: null }),
      ),
      again(train.starts(300, { try: null, interval: 10 })),
      train.beats(310, 3000, 10, { try: null }).map(again),
      other.starts(0, { interval: 10 }),
      other.beats(10, 3000, 10),
    ],
    asked: [
      { at: 150, state: "progressing", never: alarms },
      { at: 600, state: "progressing", holds: { train: "nothing" }, never: alarms },
      { at: 3000, state: "progressing", holds: { train: "nothing" }, never: alarms },
    ],
  };
}

function parentToldLate(): Scenario {
  const p = pipeline("late-parent");
  const [fetch, load] = [p.step("fetch"), p.step("load")];
  const orphan = (one: Received) => withRunFacet(one, "parent", undefined);
  return {
    name: "a step's start names no parent, its beats do",
    origin: "The parent facet is on some events only: a tree is joined when it is told, not when it began",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ fetch: ["load"] }) }),
      orphan(fetch.starts(1, { interval: 10, outputs: ["raw"] })),
      fetch.beats(11, 1800, 10),
      fetch.completes(1805, { outputs: ["raw"] }),
      orphan(load.starts(1806, { interval: 10 })),
      load.beats(1816, 3600, 10),
    ],
    asked: [
      { at: 900, state: "progressing", never: alarms },
      { at: 3600, state: "progressing", holds: { fetch: "nothing", load: "nothing" }, never: alarms },
    ],
  };
}

function endPostedTwice(): Scenario {
  const p = pipeline("end-twice");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "a COMPLETE is posted again with another time",
    origin: "Clients make the event anew when they post it again: two ends of one kind contradict nothing",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ a: ["b"] }) }),
      a.runs(1, 60, 10),
      a.completes(66, { outputs: ["x"] }),
      b.starts(62, { interval: 10 }),
      b.beats(72, 1200, 10),
    ],
    asked: [{ at: 1200, state: "progressing", never: [...alarms, "conflicting-end"] }],
  };
}

function abortedAbove(): Scenario {
  const p = pipeline("aborted-group");
  const group = p.step("group");
  const leaf = p.step("leaf", { run: group.id(), name: "aborted-group.group" });
  const after = p.step("after");
  return {
    name: "a group is aborted, a step of it is never closed, the run goes on",
    origin: "A cancelled parent's children send nothing more: nobody waits for them",
    run: p.run,
    log: [
      p.starts(0),
      group.starts(1),
      leaf.starts(2, { interval: 10, outputs: ["part"] }),
      leaf.beats(12, 300, 10),
      group.says("ABORT", 305),
      after.starts(306, { interval: 10 }),
      after.beats(316, 3600, 10),
    ],
    asked: [
      { at: 280, state: "progressing", never: alarms },
      { at: 400, state: "progressing", never: alarms },
      { at: 3600, state: "progressing", holds: { "group/leaf": "nothing" }, never: alarms },
    ],
  };
}

function cancelledRun(): Scenario {
  const p = pipeline("cancelled-run");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "a run is aborted at its root, its steps are never closed",
    origin: "Cancelled at the root: what is below it is over, whether or not anybody says so",
    run: p.run,
    log: [
      p.starts(0, { facets: p.plan({ a: ["b"] }) }),
      a.starts(1, { interval: 10, outputs: ["x"] }),
      a.beats(11, 300, 10),
      p.says("ABORT", 301),
      b.says("ABORT", 302),
    ],
    asked: [
      { at: 310, state: "finished", never: alarms },
      { at: hours(30), state: "finished", never: alarms },
    ],
  };
}

function driverEndsFirst(): Scenario {
  const s = spark("two-roots");
  return {
    name: "Spark's application ends, its last action's COMPLETE is lost, and counts come later",
    origin:
      "The root's end is the end: an OTHER or RUNNING that comes late adds to the record (OL run cycle)",
    run: s.run,
    log: [
      s.root("START", 0),
      s.child("two-roots.write", "START", 5, { outputs: ["t"] }),
      s.root("COMPLETE", 600),
      s.child("two-roots.write", "RUNNING", 590, { lag: 60, outputs: ["t"] }),
    ],
    asked: [
      { at: 620, state: "finished", never: alarms },
      { at: minutes(30), state: "finished", never: alarms },
    ],
  };
}

export const underOneId: readonly Scenario[] = [
  triedAgain(),
  triedAgainAndDied(),
  evictedAndBack(),
  skewedTries(),
  parentToldLate(),
  endPostedTwice(),
  abortedAbove(),
  cancelledRun(),
  driverEndsFirst(),
];
