import { describe, expect, it } from "vitest";
import { type Weighing, worstOverTime } from "./worst-over-time.ts";

const at = (key: string, when: number, weight: number): Weighing => ({ key, at: when, weight });
const told = (weighings: Weighing[], until: number) =>
  worstOverTime(weighings, until).map(({ from, to, weight, count }) => `${from}-${to}: ${count} × ${weight}`);

describe("the worst over time", () => {
  it.each([
    ["what has not ended, up to now", [at("a", 1, 2)], ["1-9: 1 × 2"]],
    [
      "nothing where nothing weighed",
      [at("a", 1, 2), at("a", 3, 0), at("a", 5, 2)],
      ["1-3: 1 × 2", "5-9: 1 × 2"],
    ],
    [
      "the heavier while there is one",
      [at("a", 1, 1), at("b", 2, 5), at("b", 4, 0)],
      ["1-2: 1 × 1", "2-4: 1 × 5", "4-9: 1 × 1"],
    ],
    ["how many weigh as much", [at("a", 1, 5), at("b", 2, 5)], ["1-2: 1 × 5", "2-9: 2 × 5"]],
    ["what grew", [at("a", 1, 4), at("a", 3, 5)], ["1-3: 1 × 4", "3-9: 1 × 5"]],
    [
      "one stretch where only lighter ones come and go",
      [at("a", 1, 5), at("b", 2, 1), at("b", 3, 0)],
      ["1-9: 1 × 5"],
    ],
    ["changes of the same instant as one", [at("a", 1, 5), at("b", 3, 5), at("a", 3, 0)], ["1-9: 1 × 5"]],
    ["in any order", [at("b", 4, 0), at("b", 2, 5)], ["2-4: 1 × 5"]],
    ["nothing of what comes later than now", [at("a", 1, 5), at("b", 20, 5)], ["1-9: 1 × 5"]],
  ])("is %s", (_, weighings, stretches) => {
    expect(told(weighings, 9)).toEqual(stretches);
  });
});
