import { expect, test } from "vitest";
import { sumOf, sumWords } from "@/components/timeline/group-sum";
import { groupTimes, nodeTimes } from "@/components/timeline/row-times";
import type { NodeTime } from "@/components/timeline/timeline-model";
import type { NodeResource } from "@/lib/contract/runs";
import type { TimelineAttempt } from "@/lib/contract/timeline";

const START = Date.UTC(2026, 10, 23, 22, 0);
const MINUTE = 60_000;
const at = (minutes: number) => START + minutes * MINUTE;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();

function aTime(node: Partial<NodeResource>, more: Partial<NodeTime> = {}): NodeTime {
  return {
    node: {
      ...{ key: "train", label: "train", parentKey: null, group: null, planned: true, status: "running" },
      ...{ attempts: 1, startedAt: iso(10), endedAt: null, cache: null, strip: [], verdict: null },
      ...{ blocker: false, holds: 0 },
      ...node,
    },
    ...{ waitedFrom: undefined, startedAt: at(10), endedAt: undefined, held: undefined },
    ...more,
  };
}

function anAttempt(number: number, more: Partial<TimelineAttempt> = {}): TimelineAttempt {
  return {
    ...{ id: String(number), nodeKey: "train", number, status: "running", startedAt: iso(10), endedAt: null },
    phases: [{ kind: "running", from: iso(10), to: null, why: null }],
    ...{ strip: [], lastBeatAt: null, outputs: [], logAt: [], cache: null, progress: null },
    ...more,
  };
}

const NOW = { attempts: [anAttempt(1)], said: [], now: at(60), critical: false };
const stuck: NonNullable<NodeResource["verdict"]> = {
  rule: "lost-completion",
  ruleClass: "stuck",
  certainty: "proven",
  short: "no sign of life",
  since: iso(40),
};

test("what goes on is drawn up to now; what is judged, only until it was", () => {
  expect(nodeTimes(aTime({}), NOW)).toMatchObject({
    attempts: [{ tone: "run", phases: [{ from: at(10), to: at(60) }] }],
    judged: undefined,
  });
  expect(nodeTimes(aTime({ verdict: stuck }), NOW)).toMatchObject({
    attempts: [{ phases: [{ from: at(10), to: at(40) }] }],
    judged: { from: at(40), to: at(60), tone: "stuck", words: "no sign of life" },
  });
});

test("what is judged from before its start is drawn from its start", () => {
  const early = { ...stuck, since: iso(5) };
  expect(nodeTimes(aTime({ verdict: early }), NOW).judged).toMatchObject({ from: at(10) });
});

test("a node that has ended is judged no more, and an earlier attempt keeps its own colour", () => {
  const attempts = [anAttempt(1, { status: "failed", endedAt: iso(20) }), anAttempt(2)];
  const done = aTime({ status: "completed", endedAt: iso(50), verdict: stuck }, { endedAt: at(50) });
  expect(nodeTimes(done, { ...NOW, attempts, critical: true })).toMatchObject({
    attempts: [{ tone: "stuck" }, { tone: "ok" }],
    judged: undefined,
    critical: { from: at(10), to: at(50) },
  });
});

test("what waits for a blocker says so, unless it is judged itself", () => {
  const held = { by: "load", since: at(30) };
  const waits = aTime({ status: "planned" }, { held, startedAt: undefined });
  expect(nodeTimes(waits, { ...NOW, attempts: [] }).held).toEqual({
    ...{ from: at(30), to: at(60), words: "waits for load" },
  });
  const judged = aTime({ status: "waiting", verdict: stuck }, { held, startedAt: undefined });
  expect(nodeTimes(judged, { ...NOW, attempts: [] })).toMatchObject({
    held: undefined,
    judged: { from: at(40) },
  });
});

test("silences are measured, and outputs lie where they were written, else where they were declared", () => {
  const attempt = anAttempt(1, {
    strip: [
      { from: 0, to: 0.5, kind: "beat" },
      { from: 0.5, to: 1, kind: "gap" },
    ],
    outputs: [
      { name: "model", declaredAt: iso(10), writtenAt: iso(20) },
      { name: "metrics", declaredAt: iso(10), writtenAt: null },
      { name: "unheard", declaredAt: null, writtenAt: null },
    ],
  });
  expect(nodeTimes(aTime({}), { ...NOW, attempts: [attempt] }).attempts[0]).toMatchObject({
    gaps: [{ from: at(35), to: at(60), words: "silent 25m" }],
    outputs: [
      { name: "model", at: at(20), written: true },
      { name: "metrics", at: at(10), written: false },
    ],
  });
});

test("a group is one bar from its first start to its last end, in the colour of the worst", () => {
  const done = aTime({ status: "completed", endedAt: iso(20) }, { endedAt: at(20) });
  const failed = aTime({ status: "failed", endedAt: iso(30) }, { startedAt: at(5), endedAt: at(30) });
  const all = sumOf(
    [done, failed, aTime({}), aTime({ status: "planned" }, { startedAt: undefined })],
    at(60),
  );
  expect(sumWords(all)).toBe("1 of 4 done, 1 failed, 1 running");
  expect(groupTimes(all).summed).toMatchObject({ from: at(5), to: at(60), tone: "stuck" });
  expect(groupTimes(sumOf([done], at(60))).summed).toMatchObject({ from: at(10), to: at(20), tone: "ok" });
  expect(groupTimes(sumOf([], at(60))).summed).toBeUndefined();
});
