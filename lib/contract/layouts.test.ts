import { expect, it } from "vitest";
import { z } from "zod";
import { layoutOffer, MOST_LAID_OUT } from "./layouts.ts";

// As at the door (lib/server/respond.ts).
z.config(z.locales.en());

const node = (id: string) => ({ id, parent: null });
const fine = {
  nodes: [node("a"), node("b")],
  edges: [{ from: "a", to: "b" }],
  coordinates: [0, 0, 242.5, -3],
};

/** The field at fault and the reason, as the API gives them. */
function refused(given: unknown): string[] {
  const read = layoutOffer.safeParse(given);
  return read.success ? [] : read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

it("a layout is taken with its shape", () => {
  expect(layoutOffer.parse(fine)).toEqual(fine);
});

const many = MOST_LAID_OUT + 1;
it.each([
  ["too few coordinates", { ...fine, coordinates: [0, 0, 1] }, /^coordinates: must be two numbers/],
  ["too many", { ...fine, coordinates: [0, 0, 1, 1, 2, 2] }, /^coordinates: must be two numbers/],
  ["one that is no number", { ...fine, coordinates: [0, 0, "1", 1] }, /^coordinates\.2: .*number/],
  ["an infinite one", { ...fine, coordinates: [0, 0, Number.POSITIVE_INFINITY, 1] }, /^coordinates\.2: /],
  ["what JSON makes of NaN", { ...fine, coordinates: [0, null, 1, 1] }, /^coordinates\.1: /],
  ["one that is far away", { ...fine, coordinates: [0, 0, 1, 1e12] }, /^coordinates\.3: /],
  ["no nodes", { ...fine, nodes: [], coordinates: [] }, /^nodes: /],
  [
    "more nodes than are ever laid out",
    { ...fine, nodes: Array(many).fill(node("a")), coordinates: Array(2 * many).fill(0) },
    /^(nodes|coordinates): /,
  ],
  ["more edges", { ...fine, edges: Array(many).fill(fine.edges[0]) }, /^edges: /],
  [
    "a node without a parent's name or null",
    { ...fine, nodes: [{ id: "a" }, node("b")] },
    /^nodes\.0\.parent: /,
  ],
  ["a field that is not known", { ...fine, colour: "red" }, /colour/],
  ["no object", null, /object/],
])("it is refused with %s", (_, given, reason) => {
  const reasons = refused(given);
  expect(reasons.length).toBeGreaterThan(0);
  for (const told of reasons) expect(told).toMatch(reason);
});
