import { describe, expect, it } from "vitest";
import { type Place, placeAttempts, type StoredPlace } from "./place-attempts.ts";

const place = (id: string, parent: string | null = null, hint: string | null = null): Place => ({
  id,
  parent,
  hint,
});

function placed(places: readonly Place[], stored: readonly StoredPlace[] = []) {
  const known = new Map(stored.map((s) => [s.id, s]));
  const { runOf, moving } = placeAttempts(places, (id) => known.get(id));
  return { runOf: Object.fromEntries(runOf), moving };
}

describe("placeAttempts", () => {
  it("takes an attempt that names nobody for a root", () => {
    expect(placed([place("a")])).toEqual({ runOf: { a: "a" }, moving: [] });
  });

  it("finds the root of new attempts through new ones, whatever their order", () => {
    expect(placed([place("c", "b"), place("a"), place("b", "a")])).toEqual({
      runOf: { a: "a", b: "a", c: "a" },
      moving: [],
    });
  });

  it("finds the root of new attempts through one that is stored", () => {
    const stored = [{ ...place("b", "a"), run: "a" }];
    expect(placed([place("c", "b"), place("b", "a")], stored)).toEqual({ runOf: { c: "a" }, moving: [] });
  });

  it("goes by the root that a child named only where no parent is known", () => {
    const stored = [
      { ...place("r"), run: "r" },
      { ...place("q"), run: "q" },
    ];
    expect(placed([place("a", null, "r"), place("b", "q", "r")], stored).runOf).toEqual({ a: "r", b: "q" });
  });

  it("leaves to the store what has another parent than before, and what is new while anything moves", () => {
    const stored = [{ ...place("b"), run: "b" }];
    expect(placed([place("b", "a"), place("a"), place("c", "b")], stored)).toEqual({
      runOf: { a: "a" },
      moving: ["b", "c"],
    });
  });

  it("leaves a circle to the store", () => {
    expect(placed([place("a", "b"), place("b", "a"), place("c", "a")])).toEqual({
      runOf: {},
      moving: ["a", "b", "c"],
    });
  });

  it("does nothing for stored attempts that stay where they are", () => {
    expect(placed([place("b", "a")], [{ ...place("b", "a"), run: "a" }])).toEqual({ runOf: {}, moving: [] });
  });
});
