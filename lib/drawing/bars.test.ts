import { describe, expect, it } from "vitest";
import { barHeights } from "./bars.ts";

describe("bars", () => {
  it("are as high as their value, the highest as high as the drawing", () => {
    const values = [
      { base: 0, top: 0 },
      { base: 50, top: 0 },
      { base: 75, top: 25 },
    ];
    expect(barHeights(values, 40)).toEqual([
      { base: 0, top: 0 },
      { base: 20, top: 0 },
      { base: 30, top: 10 },
    ]);
  });

  it("show one among a million, within the drawing", () => {
    const [bar, lone] = barHeights(
      [
        { base: 1_000_000, top: 1 },
        { base: 1, top: 0 },
      ],
      40,
    );
    expect(bar).toEqual({ base: 38.5, top: 1.5 });
    expect(lone).toEqual({ base: 1.5, top: 0 });
  });

  it("are nothing where there is nothing", () => {
    expect(barHeights([{ base: 0, top: 0 }], 40)).toEqual([{ base: 0, top: 0 }]);
    expect(barHeights([], 40)).toEqual([]);
  });
});
