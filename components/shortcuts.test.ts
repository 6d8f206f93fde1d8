import { expect, test } from "vitest";
import { isShortcut, KEY_GROUPS, keyGroupsOf, SHORTCUTS } from "./shortcuts.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false },
  ...held,
});

test("a press with ⌘ or Ctrl is another than the letter alone, and the shift lock does not matter", () => {
  expect(isShortcut(press("k", { metaKey: true }), "palette")).toBe(true);
  expect(isShortcut(press("K", { ctrlKey: true }), "palette")).toBe(true);
  expect(isShortcut(press("k"), "palette")).toBe(false);
  expect(isShortcut(press("k", { ctrlKey: true, altKey: true }), "palette")).toBe(false);
  expect(isShortcut(press("/"), "palette")).toBe(true);
  expect(isShortcut(press("ArrowLeft", { ctrlKey: true }), "walkLeft")).toBe(false);
});

test("every key is in the list of some page, and no page lists a group twice", () => {
  const listed = new Set(KEY_GROUPS.flatMap(({ names }) => names));
  expect(Object.keys(SHORTCUTS).filter((name) => !listed.has(name as keyof typeof SHORTCUTS))).toEqual([]);
  const labels = KEY_GROUPS.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
});

test("a page lists its own keys only", () => {
  const labels = (path: string) => keyGroupsOf(path).map(({ label }) => label);
  expect(labels("/rules")).toEqual(["Everywhere"]);
  expect(labels("/runs/7f3a")).toContain("In the graph");
  expect(labels("/runs/7f3a/compare")).toEqual(["Everywhere"]);
  expect(labels("/pipelines/a%2Fb/c")).toEqual(["Everywhere", "In the grid of runs"]);
});
