import { expect, it } from "vitest";
import type { VerdictResource } from "@/lib/contract/diagnosis";
import type { NodeResource, RunResource } from "@/lib/contract/runs";
import { learnedSince } from "./learned-since.ts";

const EIGHT = "2026-01-31T08:00:00Z";
const NINE = "2026-01-31T09:00:00Z";
const TEN = "2026-01-31T10:00:00Z";

function node(key: string, parts: Partial<NodeResource> = {}): NodeResource {
  return {
    ...{ key, label: key, parentKey: null, group: null, planned: true, status: "planned", attempts: 0 },
    ...{ startedAt: null, endedAt: null, cache: null, strip: [], verdict: null, blocker: false, holds: 0 },
    ...parts,
  };
}

const running = { status: "running", attempts: 1, startedAt: EIGHT } as const;
const completed = { status: "completed", attempts: 1, startedAt: EIGHT, endedAt: TEN } as const;
const verdict = (rule: string, nodeKey: string) =>
  ({ rule, nodeKey, since: NINE }) as unknown as VerdictResource;

function known(nodes: NodeResource[], verdicts: VerdictResource[] = [], endedAt: string | null = null) {
  const outcome = endedAt === null ? null : "completed";
  return { nodes, diagnosis: { verdicts }, summary: { endedAt, outcome } } as unknown as RunResource;
}

const told = (then: RunResource, now: RunResource) =>
  learnedSince(then, now).map(
    ({ nodeKey, at, text }) => `${at?.slice(11, 13) ?? "--"} ${nodeKey ?? ""} ${text}`,
  );

it("is nothing where nothing changed", () => {
  const both = known([node("a", completed), node("b", running)], [verdict("held-lock", "b")]);
  expect(learnedSince(both, both)).toEqual([]);
});

it("tells what started and ended, the oldest first", () => {
  const then = known([node("a", running), node("b"), node("c")]);
  const now = known([
    node("a", { ...completed, status: "failed" }),
    node("b", { ...running, startedAt: NINE }),
    node("c", { ...completed, endedAt: NINE }),
  ]);
  expect(told(then, now)).toEqual(["08 c started", "09 b started", "09 c completed", "10 a failed"]);
});

it("tells what appeared, was tried again, and turned out to be none", () => {
  const then = known([node("a", { ...completed, status: "failed" }), node("gone")]);
  const now = known([
    node("a", { ...running, attempts: 2, startedAt: TEN }),
    node("new"),
    node("ran", completed),
  ]);
  expect(told(then, now)).toEqual([
    ...["08 ran started", "10 a was tried again", "10 ran completed"],
    ...["-- new was first heard of", "-- gone turned out to be no node"],
  ]);
});

it("tells that a planned node came as instances", () => {
  const now = known([node("a[0]", running), node("a[1]", running), node("ab")]);
  expect(told(known([node("a"), node("ab")]), now)).toEqual([
    ...["08 a[0] started", "08 a[1] started", "-- a came as 2 instances"],
  ]);
});

it("tells a second end in another way, and the end of a second try", () => {
  const failed = { ...completed, status: "failed" } as const;
  expect(told(known([node("a", completed)]), known([node("a", failed)]))).toEqual(["10 a failed"]);
  expect(told(known([node("a", failed)]), known([node("a", { ...failed, attempts: 2 })]))).toEqual([
    "08 a was tried again",
    "10 a failed",
  ]);
});

it("tells which verdicts were opened and closed, by rule and node, and that the run ended", () => {
  const then = known([], [verdict("held-lock", "a"), verdict("lost-start", "a")]);
  const now = known([], [verdict("held-lock", "b"), verdict("lost-start", "a")], TEN);
  expect(told(then, now)).toEqual([
    "09 b held-lock opened",
    "10  The run completed",
    "-- a held-lock closed",
  ]);
});
