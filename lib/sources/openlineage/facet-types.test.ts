import { describe, expect, it } from "vitest";
import { durationMs, idList, webUrl } from "./facet-types.ts";
import { triggerRuleText } from "./trigger-rules.ts";

describe("idList", () => {
  it.each([
    ["[]", []],
    ["None", []],
    ["set()", []],
    ["['a', 'b.c']", ["a", "b.c"]],
    ["('a',)", ["a"]],
    ["{'a', \"it's\"}", ["a", "it's"]],
    ["['it\\'s', 'back\\\\slash']", ["it's", "back\\slash"]],
    [
      ["a", "b", 3, ""],
      ["a", "b"],
    ],
  ])("reads %j", (given, ids) => {
    expect(idList.parse(given)).toEqual(ids);
  });

  it.each(["a, b", "['a'", "['a', b]", "['a' 'b']", "[1]", 7, {}])("refuses %j", (given) => {
    expect(idList.safeParse(given).success).toBe(false);
  });

  it("bears a long text: were it gone over again and again, this would take minutes", () => {
    expect(idList.safeParse(`[${"'\\".repeat(40_000)}]`).success).toBe(false);
    expect(idList.safeParse(`[${"'".repeat(5_000_000)}]`).success).toBe(false);
  });
});

describe("durationMs", () => {
  it.each([
    ["456.0 seconds", 456_000],
    ["1 second", 1_000],
    [12.5, 12_500],
    ["90", 90_000],
    ["0:07:36", 456_000],
    ["1 day, 0:00:00.5", 86_400_500],
    ["2 days, 1:00:00", 176_400_000],
  ])("reads %j", (given, ms) => {
    expect(durationMs.parse(given)).toBe(ms);
  });

  it.each(["soon", "", -1, 1e308, "1 fortnight", null])("refuses %j", (given) => {
    expect(durationMs.safeParse(given).success).toBe(false);
  });
});

describe("webUrl", () => {
  it("is http or https and nothing else", () => {
    expect(webUrl.safeParse("HTTPS://a.test/x").success).toBe(true);
    for (const given of ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", " http://a"]) {
      expect(webUrl.safeParse(given).success).toBe(false);
    }
  });
});

describe("triggerRuleText", () => {
  it.each([
    ["ALL_SUCCESS", "all-success"],
    ["none_failed_min_one_success", "none-failed"],
    ["one-done", "one-done"],
    ["dummy", "always"],
    ["all_failed", "all-done"],
  ])("reads %s as %s", (given, rule) => {
    expect(triggerRuleText.parse(given)).toBe(rule);
  });

  it("refuses what is no rule, and the words that every object has", () => {
    for (const given of ["sometimes", "constructor"])
      expect(triggerRuleText.safeParse(given).success).toBe(false);
  });
});
