import { describe, expect, it } from "vitest";
import { aRun } from "../testing/a-run.ts";
import { defineRule } from "./define-rule.ts";
import { diagnose } from "./diagnose.ts";
import { factReader, narrowing } from "./facts.ts";
import { defaultPolicy } from "./policy.ts";
import { worldOf } from "./world.ts";

const told = aRun("n").starts(0).plan("a -> b").taskStarts("a", 1).at(60);
const read = factReader(worldOf(told.run, told.context, told.now, defaultPolicy));
const node = told.run.nodes.get("a") ?? told.run.root;

describe("facts", () => {
  it("are read once for each node", () => {
    expect(read(node)).toBe(read(node));
    expect(read(node).outputs).toBe(read(node).outputs);
  });

  it("are given to a rule only where it names them", () => {
    const given = narrowing(["beat"])(read(node));
    expect(given.beat).toBe(read(node).beat);
    expect("outputs" in given).toBe(false);
  });

  it("that a rule does not name are an error of the compiler, and absent at run time", () => {
    let seen: unknown = "not asked";
    const rule = defineRule({
      id: "nosy",
      title: "Nosy",
      ruleClass: "note",
      family: "Tracking",
      summary: "",
      needs: ["beat"],
      judge(facts) {
        // @ts-expect-error it names `beat` only
        seen = facts.outputs;
        return undefined;
      },
    });
    diagnose(told.run, told.context, told.now, defaultPolicy, [rule]);
    expect(seen).toBeUndefined();
  });
});

describe("a rule that throws", () => {
  it("is a result of its own, and the others go on", () => {
    const broken = defineRule({
      id: "broken-rule",
      title: "Broken",
      ruleClass: "stuck",
      family: "Tracking",
      summary: "",
      needs: [],
      judge() {
        throw new TypeError("no");
      },
    });
    const sound = defineRule({
      ...broken,
      id: "sound-rule",
      needs: ["subject"],
      judge: ({ subject }, { now }) =>
        subject.isRoot
          ? undefined
          : { claim: "held", short: "held", certainty: "likely", since: now, evidence: [] },
    });
    const diagnosis = diagnose(told.run, told.context, told.now, defaultPolicy, [broken, sound]);
    expect(diagnosis.broken[0]).toEqual({ rule: "broken-rule", nodeKey: "n", error: "TypeError: no" });
    expect(diagnosis.verdicts.map((v) => v.rule)).toContain("sound-rule");
    expect(diagnosis.state).toBe("stuck");
  });
});
