import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinNames, splitNames } from "./name-list.ts";

describe("names in one parameter", () => {
  it("are parted by commas, as people write them", () => {
    expect(splitNames("stuck,open")).toEqual(["stuck", "open"]);
    expect(splitNames(",a,,b,")).toEqual(["a", "b"]);
    expect(joinNames(["a", "b"])).toBe("a,b");
  });

  it("may hold commas themselves", () => {
    expect(joinNames(["load, clean", "b"])).toBe("load\\, clean,b");
    expect(splitNames("load\\, clean,b")).toEqual(["load, clean", "b"]);
  });

  it("keep a backslash that marks nothing, as in the path of a file", () => {
    expect(joinNames(["C:\\jobs"])).toBe("C:\\jobs");
    expect(splitNames("C:\\jobs,b")).toEqual(["C:\\jobs", "b"]);
  });

  it("come back as they were, whatever they hold", () => {
    const name = fc.string({ unit: fc.constantFrom("a", ",", "\\", " ", "%"), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(name), (names) => {
        expect(splitNames(joinNames(names))).toEqual(names);
      }),
    );
  });
});
