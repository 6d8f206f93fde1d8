import { expect, test } from "vitest";
import { instantWords } from "@/components/timeline/instant-words";
import { COLUMNS, drawnWords, tableText } from "@/components/timeline/table-columns";
import { factsOf, linesOf, type RunTimes } from "@/components/timeline/table-lines";
import type { NodeResource } from "@/lib/contract/runs";
import type { TimelineAttempt } from "@/lib/contract/timeline";
import type { FoldedRow } from "@/lib/drawing/fold-groups";

const START = Date.UTC(2026, 10, 23, 22, 0);
const MINUTE = 60_000;
const iso = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();

function aNode(key: string, more: Partial<NodeResource> = {}): NodeResource {
  return {
    ...{ key, label: key, parentKey: null, group: null, planned: true, status: "running", attempts: 1 },
    ...{ startedAt: iso(10), endedAt: null, cache: null, strip: [], verdict: null, blocker: false, holds: 0 },
    ...more,
  };
}

function anAttempt(nodeKey: string, number: number, more: Partial<TimelineAttempt> = {}): TimelineAttempt {
  return {
    ...{ id: `${nodeKey} ${number}`, nodeKey, number, status: "running", startedAt: iso(10), endedAt: null },
    ...{ phases: [], strip: [], lastBeatAt: null, outputs: [], logAt: [], cache: null, progress: null },
    ...more,
  };
}

const row = (id: string, more: Partial<FoldedRow> = {}): FoldedRow => ({
  ...{ id, group: undefined, depth: 0, size: 0, open: false, folded: [] },
  ...more,
});

function aRun(nodes: readonly NodeResource[], attempts: readonly TimelineAttempt[], held?: string): RunTimes {
  const since = (node: NodeResource) => (node.startedAt === null ? undefined : Date.parse(node.startedAt));
  return {
    timeline: {
      times: new Map(
        nodes.map((node) => [
          node.key,
          {
            node,
            waitedFrom: undefined,
            startedAt: since(node),
            endedAt: node.endedAt === null ? undefined : Date.parse(node.endedAt),
            held: node.key === held ? { by: "train", since: START + 20 * MINUTE } : undefined,
          },
        ]),
      ),
      ...{ order: [], path: [], from: START, to: undefined },
    },
    attempts: Map.groupBy(attempts, ({ nodeKey }) => nodeKey),
    said: new Map([["train", [{ from: START + 20 * MINUTE, to: START + 60 * MINUTE, weight: 5, count: 1 }]]]),
    path: new Set(["train"]),
    now: START + 60 * MINUTE,
    say: instantWords(START, START + 60 * MINUTE, "UTC"),
  };
}

/** The cells of a line, by their column. */
function cellsOf(run: RunTimes, rows: readonly FoldedRow[], id: string, all = false): Record<string, string> {
  const line = linesOf(rows, run.attempts, all).find((one) => one.id === id);
  if (!line) throw new Error(`there is no line ${id}`);
  const facts = factsOf(line, run);
  return Object.fromEntries(
    COLUMNS.map(({ label, text }) => [label, text(facts, run)]).filter(([, text]) => text !== ""),
  );
}

test("each thing that is drawn of a row is told in a cell", () => {
  const attempt = anAttempt("train", 2, {
    phases: [
      { kind: "waiting", from: iso(2), to: iso(5), why: "pool: gpu" },
      { kind: "running", from: iso(10), to: null, why: null },
    ],
    strip: [
      { from: 0, to: 0.4, kind: "beat" },
      { from: 0.4, to: 1, kind: "gap" },
    ],
    lastBeatAt: iso(30),
    outputs: [{ name: "model", declaredAt: iso(10), writtenAt: iso(29) }],
    logAt: [iso(28)],
    cache: { status: "MISS", at: iso(10) },
    progress: { done: 50, total: 400, unit: "steps", at: iso(27) },
  });
  const run = aRun([aNode("train")], [anAttempt("train", 1), attempt]);
  expect(cellsOf(run, [row("train")], "train")).toEqual({
    Attempt: "2 of 2",
    Status: "running",
    Started: "22:10:00",
    Ended: "not ended",
    Took: "50m 00s so far",
    Waits: "waiting 3m (pool: gpu)",
    "Last heartbeat": "22:30:00, 30 min ago",
    Silences: "30m from 22:30:00",
    Outputs: "1 of 1 written, the last at 22:29:00",
    Progress: "50 of 400 steps since 22:27:00",
    Log: "22:28:00",
    Cache: "MISS at 22:10:00",
    Verdict: "said stuck from 22:20:00 to now",
    "Critical path": "on it",
  });
});

test("what has not begun has no end, and says what it waits for", () => {
  const run = aRun([aNode("report", { status: "planned", startedAt: null })], [], "report");
  expect(cellsOf(run, [row("report")], "report")).toEqual({
    Status: "planned",
    Started: "not started",
    Waits: "for train since 22:20:00",
  });
});

test("an attempt before the latest has a line of its own in the table, and nothing of what the node is now", () => {
  const first = anAttempt("train", 1, { status: "failed", endedAt: iso(12), lastBeatAt: iso(11) });
  const run = aRun([aNode("train")], [first, anAttempt("train", 2)]);
  expect(linesOf([row("train")], run.attempts, false)).toHaveLength(1);
  expect(linesOf([row("train")], run.attempts, true).map(({ id }) => id)).toEqual(["train 1", "train"]);
  expect(cellsOf(run, [row("train")], "train 1", true)).toEqual({
    Attempt: "1 of 2",
    Status: "failed",
    Started: "22:10:00",
    Ended: "22:12:00",
    Took: "2m 00s",
    "Last heartbeat": "22:11:00, 49 min ago",
  });
});

test("behind a row that is drawn each of its attempts is told, the last of many", () => {
  const attempts = [1, 2, 3].map((number) =>
    anAttempt("train", number, {
      status: "failed",
      startedAt: iso(number * 5),
      endedAt: iso(number * 5 + 2),
    }),
  );
  const run = aRun([aNode("train")], [...attempts, anAttempt("train", 4, { startedAt: iso(20) })]);
  const [line] = linesOf([row("train")], run.attempts, false);
  if (!line) throw new Error("there is no line");
  const facts = factsOf(line, run);
  const drawn = Object.fromEntries(
    COLUMNS.map((column) => [column.label, drawnWords(column, facts, run)] as const),
  );
  expect(drawn).toMatchObject({
    Attempt: "4 of 4",
    Status: "attempt 2: failed; attempt 3: failed; attempt 4: running",
    Started: "attempt 2: 22:10:00; attempt 3: 22:15:00; attempt 4: 22:20:00",
    Ended: "attempt 2: 22:12:00; attempt 3: 22:17:00; attempt 4: not ended",
    Outputs: "",
    Verdict: "said stuck from 22:20:00 to now",
    "Critical path": "on it",
  });
});

test("a folded group is summed", () => {
  const nodes = [
    aNode("a", { status: "completed", endedAt: iso(15) }),
    aNode("b"),
    aNode("c", { status: "planned", startedAt: null }),
  ];
  const rows = [row("group", { group: "score", size: 3, folded: ["a", "b", "c"] })];
  expect(cellsOf(aRun(nodes, []), rows, "group")).toEqual({
    Status: "1 of 3 done, 1 running",
    Started: "22:10:00",
    Ended: "not ended",
    Took: "50m 00s so far",
  });
});

test("what is copied is a line each, with a tab between two cells, whatever a name holds", () => {
  const run = aRun([aNode("a", { label: "a\tb\nc" }), aNode("b")], [anAttempt("a", 1)]);
  const lines = tableText(linesOf([row("a"), row("b")], run.attempts, true), run).split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^Node\tAttempt\tStatus\tStarted\tEnded/);
  expect(lines[1]).toMatch(/^a b c\t1\trunning\t22:10:00\tnot ended\t/);
  expect(new Set(lines.map((line) => line.split("\t").length))).toEqual(new Set([COLUMNS.length + 1]));
});

test("a run of more than a day tells the day with the hour", () => {
  expect(instantWords(START, START + 3 * 24 * 60 * MINUTE, "UTC")(START)).toBe("23 Nov 22:00:00");
  expect(instantWords(START, START + 60 * MINUTE, "UTC")(START)).toBe("22:00:00");
});
