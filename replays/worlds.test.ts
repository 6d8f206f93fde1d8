import { describe, expect, it } from "vitest";
import { faultsOf, replay } from "./replay.ts";
import { worldOf } from "./world.ts";

const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1);

const worlds = SEEDS.map(worldOf);

/** What is said in a world that is not true, or not said though it is. */
function wrong(seed: number): string[] {
  const world = worldOf(seed);
  return world.asked.flatMap((asked) =>
    faultsOf(asked, replay(world, asked.at)).map(
      ({ kind, text }) => `${world.name}: ${kind} at ${asked.at} s: ${text}`,
    ),
  );
}

describe("in a world made up by chance", () => {
  it("nothing is said that is not so, and nothing missed that is", { timeout: 120_000 }, () => {
    expect(SEEDS.flatMap(wrong)).toEqual([]);
  });

  it("each kind of fault is asked about, before it and after", () => {
    const asked = worlds.flatMap(({ fault, asked: all }) =>
      all.map(({ state }) => `${fault}: ${[state].flat().includes("stuck") ? "seen" : "quiet"}`),
    );
    for (const kind of new Set(worlds.map(({ fault }) => fault))) {
      expect(asked).toContain(`${kind}: quiet`);
      if (kind !== "none") expect(asked).toContain(`${kind}: seen`);
    }
    expect(new Set(worlds.map(({ fault }) => fault)).size).toBe(9);
  });
});
