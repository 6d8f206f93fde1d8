import { expect, test } from "vitest";
import type { Entry, EntryKind } from "./entry.ts";
import { groupsOf } from "./groups.ts";

const entry = (kind: EntryKind, label: string): Entry => ({ id: `${kind}:${label}`, kind, label });
const labels = (groups: ReturnType<typeof groupsOf>) =>
  groups.map((group) => `${group.label}: ${group.entries.map((e) => e.entry.label).join(" ")}`);

test("the kind with the best answer is first", () => {
  const offers = [
    { kind: "node" as const, entries: [entry("node", "extract_prices"), entry("node", "load")] },
    { kind: "rule" as const, entries: [entry("rule", "Price"), entry("rule", "Silent step")] },
  ];
  expect(labels(groupsOf("price", offers, []))).toEqual([
    "Rules: Price",
    "Nodes of this run: extract_prices",
  ]);
});

test("what was chosen last comes first, and is not there twice; a query does without it", () => {
  const offers = [{ kind: "page" as const, entries: [entry("page", "Home"), entry("page", "Rules")] }];
  const recent = [entry("page", "Rules")];
  expect(labels(groupsOf("", offers, recent))).toEqual(["Chosen last: Rules", "Pages: Home"]);
  expect(labels(groupsOf("rules", offers, recent))).toEqual(["Pages: Rules"]);
});

test("what the server chose is shown though its words do not hold the query", () => {
  const offers = [{ kind: "run" as const, entries: [entry("run", "nightly 7f3a")], chosen: true }];
  expect(labels(groupsOf("train[2]", offers, []))).toEqual(["Runs: nightly 7f3a"]);
});

test("the search for the words themselves is last, though nothing holds them better", () => {
  const offers = [
    { kind: "search" as const, entries: [entry("search", "All runs with evl")] },
    { kind: "node" as const, entries: [entry("node", "evaluate")] },
  ];
  expect(labels(groupsOf("evl", offers, []))).toEqual([
    "Nodes of this run: evaluate",
    "Search: All runs with evl",
  ]);
});

test("what is left out is counted, and what went wrong is said", () => {
  const nodes = Array.from({ length: 30_000 }, (_, i) => entry("node", `score[${i}]`));
  const groups = groupsOf(
    "score",
    [
      { kind: "node", entries: nodes },
      { kind: "run", entries: [], error: "the server could not be reached" },
    ],
    [],
  );
  expect(groups.map(({ note }) => note)).toEqual([
    "12 of 30,000; type more to narrow them",
    "could not be searched: the server could not be reached",
  ]);
});
