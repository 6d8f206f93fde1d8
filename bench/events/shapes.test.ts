import { describe, expect, test } from "vitest";
import { runOfShape } from "./fold.ts";
import { SHAPES } from "./shapes.ts";

const AT = Date.UTC(2026, 0, 31, 9);

describe.each(SHAPES)("a run of the shape %s", (shape) => {
  const { run } = runOfShape(shape, 1_000, AT);
  const statuses = [...run.nodes.values()].map(({ status }) => status);

  test("has as many nodes as it should, most of them done, a few at work", () => {
    expect(Math.abs(run.nodes.size - 1_000)).toBeLessThan(30);
    const done = statuses.filter((s) => s === "completed").length;
    expect(done).toBeGreaterThan(500);
    expect(statuses.filter((s) => s === "running").length).toBeGreaterThan(0);
    expect(run.endedAt).toBeUndefined();
  });

  test("has edges as it is named", () => {
    const most = Math.max(...[...run.nodes.values()].map(({ upstream }) => upstream.length));
    if (shape === "chain") expect(most).toBe(1);
    if (shape === "lattice") expect(most).toBe(2);
    if (shape === "wide") expect(most).toBe(998);
    if (shape === "mapped") expect(run.edges.length).toBeLessThan(2_500);
    if (shape === "crossed") expect(most).toBeGreaterThan(20);
  });
});
