import { expect, it } from "vitest";
import { editDistance, nearRules } from "./near-names.ts";

const RULES = ["lost-completion", "lost-node", "silent-heartbeat", "held-lock"].map((id) => ({
  id,
  title: id.replace("-", " "),
}));

it.each([
  ["lost-completoin", "lost-completion"],
  ["silent-heartbeats", "silent-heartbeat"],
  ["Heartbeat", "silent-heartbeat"],
  ["heldlock", "held-lock"],
])("knows that by %s one means %s", (asked, meant) => {
  expect(nearRules(asked, RULES)[0]?.id).toBe(meant);
});

it("has nothing to offer where nothing is near", () => {
  expect(nearRules("zzzzzzzzzzzz", RULES)).toEqual([]);
  expect(nearRules("", RULES)).toEqual([]);
});

it("counts the letters that differ", () => {
  expect(editDistance("kitten", "sitting")).toBe(3);
});
