import { describe, expect, it } from "vitest";
import { byNumberWithin } from "./compare.ts";

const sorted = (...names: string[]) => names.toSorted(byNumberWithin);

describe("names with numbers in them", () => {
  it("are ordered as people count", () => {
    expect(sorted("train[10]", "train[2]", "train[1]")).toEqual(["train[1]", "train[2]", "train[10]"]);
    expect(sorted("v1.10.2", "v1.9.30", "v1.9.4")).toEqual(["v1.9.4", "v1.9.30", "v1.10.2"]);
  });

  it("are ordered by their letters else, the shorter first", () => {
    expect(sorted("b", "a1", "a", "", "a[0]")).toEqual(["", "a", "a1", "a[0]", "b"]);
    expect(sorted("1a", "a1", "01a")).toEqual(["01a", "1a", "a1"]);
  });
});
