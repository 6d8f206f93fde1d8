import { describe, expect, it } from "vitest";
import { clearing, settingOf, thresholdNamed } from "./policy-requests.ts";

const fine = { value: 90_000, pipeline: "night*", node: "train", who: "Ada" };

/** The field at fault and the reason, as the API gives them. */
function refused(given: unknown, threshold: Parameters<typeof settingOf>[0] = "outputStableMs"): string[] {
  const read = settingOf(threshold).safeParse(given);
  return read.success ? [] : read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

describe("what is asked of a threshold", () => {
  it("is taken with its globs trimmed, and nodes left out where none are named", () => {
    expect(settingOf("listed").parse({ value: 10, pipeline: " * ", who: "Ada " })).toEqual({
      ...{ value: 10, pipeline: "*", node: null, who: "Ada", note: "" },
    });
  });

  it.each([
    ["a value below its bounds", { ...fine, value: -1 }, /^value: outputStableMs takes 0 to 2592000000 ms$/],
    ["a value above them", { ...fine, value: 1e12 }, /^value: outputStableMs takes 0 to/],
    ["no number", { ...fine, value: "1m" }, /^value: .*a number is expected$/],
    ["an infinite one", { ...fine, value: Number.POSITIVE_INFINITY }, /^value: /],
    ["no pipeline", { ...fine, pipeline: undefined }, /^pipeline: .*missing/],
    ["an empty one", { ...fine, pipeline: " " }, /^pipeline: .*\* stands for all/],
    ["one that is too long", { ...fine, pipeline: "a".repeat(201) }, /^pipeline: .*at most 200/],
    ["one that no store takes", { ...fine, pipeline: "a\u0000" }, /^pipeline: .*stored/],
    ["nobody who asks", { ...fine, who: "" }, /^who: say who/],
    ["a field that is not known", { ...fine, pipelines: "x" }, /pipelines/],
    ["no object", null, /object/],
  ])("is refused with %s", (_, given, reason) => {
    const reasons = refused(given);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(reason);
  });

  it("is refused with a node where the threshold is one of whole runs", () => {
    expect(refused({ ...fine, value: 100 }, "listed")).toEqual([
      "node: listed holds for whole runs: leave the node out",
    ]);
  });
});

describe("what is asked of an override", () => {
  it("names its globs and who asks, and no value", () => {
    expect(clearing.parse({ pipeline: "*", who: "Ada" })).toMatchObject({ pipeline: "*", node: null });
    expect(clearing.safeParse({ pipeline: "*", who: "Ada", value: 1 }).success).toBe(false);
    expect(clearing.safeParse({ pipeline: "*" }).success).toBe(false);
  });
});

it("only what is a threshold is one", () => {
  expect(thresholdNamed("listed")).toBe("listed");
  expect([thresholdNamed("history"), thresholdNamed("toString"), thresholdNamed("")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
