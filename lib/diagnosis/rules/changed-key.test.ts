import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, verdictOf } from "../../testing/verdict-on.ts";

const rule = "changed-key";
const old = { "code:prep.py": "a1b2", "parameter:lr": "0.1" };
const log = (now: Record<string, string>, status: "MISS" | "HIT" = "MISS") =>
  aRun("nightly")
    .past("prep", { components: old })
    .starts(0)
    .taskStarts("prep", 1)
    .cache("prep", status, 2, now);

describe("changed-key", () => {
  it("names the component, from what to what", () => {
    expect(verdictOf(log({ ...old, "code:prep.py": "c3d4" }), 60, "prep", rule)?.claim).toBe(
      "`prep` was not reused: its code `prep.py` changed from `a1b2` to `c3d4`",
    );
  });

  it("tells what is new and what is gone", () => {
    const verdict = verdictOf(log({ "code:prep.py": "a1b2", "environment:image": "v2" }), 60, "prep", rule);
    expect(verdict?.claim).toContain("its parameter `lr` is gone; it was `0.1`, and 1 other component");
    expect(verdict?.evidence.some((e) => e.text.includes("`image` is new: `v2`"))).toBe(true);
  });

  it("compares with the earlier execution that is closest, of equals the newest", () => {
    const close = log({ ...old, "parameter:lr": "0.2" }).past("prep", {
      components: { ...old, "parameter:lr": "0.2", "code:prep.py": "older" },
      run: "closer",
    });
    expect(verdictOf(close, 60, "prep", rule)?.claim).toContain("from `0.1` to `0.2`");
    const nearest = log({ "code:prep.py": "x", "parameter:lr": "0.3" }).past("prep", {
      components: { "code:prep.py": "x", "parameter:lr": "0.1" },
      run: "closer",
    });
    expect(verdictOf(nearest, 60, "prep", rule)?.evidence.some((e) => e.text.includes("`closer`"))).toBe(
      true,
    );
  });

  it("blames only the first of a chain, and lists those behind it", () => {
    const chain = log({ ...old, "code:prep.py": "c3d4" })
      .plan("prep -> train -> score")
      .past("train", { components: { "upstream:prep": "1" } })
      .past("score", { components: { "upstream:train": "1" } })
      .taskStarts("train", 10)
      .cache("train", "MISS", 11, { "upstream:prep": "2" })
      .taskStarts("score", 20)
      .cache("score", "MISS", 21, { "upstream:train": "2" });
    expect(
      diagnoseAt(chain, 60)
        .verdicts.filter((v) => v.rule === rule)
        .map((v) => v.nodeKey),
    ).toEqual(["prep"]);
    expect(verdictOf(chain, 60, "prep", rule)?.claim).toContain("`score` and `train` behind it ran again");
  });

  it("is silent where it was reused, where keys are equal, and where there is no past", () => {
    expect(verdictOf(log({ ...old, "code:prep.py": "c3d4" }, "HIT"), 60, "prep", rule)).toBeUndefined();
    expect(verdictOf(log(old), 60, "prep", rule)).toBeUndefined();
    const first = aRun("n").starts(0).taskStarts("prep", 1).cache("prep", "MISS", 2, old);
    expect(verdictOf(first, 60, "prep", rule)).toBeUndefined();
  });

  it("is told of finished runs too, and holds nothing", () => {
    const done = log({ ...old, "code:prep.py": "c3d4" });
    expect(diagnoseAt(done, 60).state).toBe("progressing");
    const { state, verdicts } = diagnoseAt(done.completes("prep", 70).ends(80), 100);
    expect(state).toBe("finished");
    expect(verdicts.map((v) => v.rule)).toEqual([rule]);
  });
});
