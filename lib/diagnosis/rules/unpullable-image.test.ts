import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const waiting = () => aRun("nightly").starts(0).plan("train -> report").waits("train", 10);
const refused = () => waiting().compute("train", "image-pull", 20, { target: "shop/train:7" });

describe("unpullable-image", () => {
  it("is stuck after five minutes of pulls that fail", () => {
    expect(held(refused(), 319, "train")).toBeUndefined();
    expect(held(refused(), 320, "train")).toBe("unpullable-image likely");
    expect(diagnoseAt(refused(), 320).state).toBe("stuck");
    expect(verdictOf(refused(), 320, "train", "unpullable-image")?.unblock[0]?.command).toBe(
      "docker manifest inspect shop/train:7",
    );
  });

  it("counts from the first of pulls that go on failing", () => {
    const log = refused().compute("train", "image-pull", 200).compute("train", "image-pull", 310);
    expect(held(log, 320, "train")).toBe("unpullable-image likely");
  });

  it("is silent once work has begun", () => {
    expect(held(refused().taskStarts("train", 60), 900, "train")).toBeUndefined();
    const beats = refused().beats("train", { from: 60, to: 900, every: 10 });
    expect(held(beats, 900, "train")).toBeUndefined();
  });

  it("only waits while the image is built, by its own word or its source's", () => {
    const own = waiting().waitsFor("train", 20, { kind: "image", on: "env:7" });
    expect(held(own, 60, "train")).toBe("unpullable-image proven");
    expect(verdictOf(own, 60, "train", "unpullable-image")?.ruleClass).toBe("waiting");
    expect(diagnoseAt(own, 60).state).toBe("waiting");
    expect(held(waiting().tells("train", "Preparing", 20), 60, "train")).toBe("unpullable-image likely");
  });

  it("is silent of other states, of other waits, and once it has started", () => {
    expect(held(waiting().tells("train", "Preparing", 20).tells("train", "Running", 30), 60, "train")).toBe(
      undefined,
    );
    expect(held(waiting().waitsFor("train", 20, { kind: "approval" }), 60, "train")).toBeUndefined();
    const begun = waiting().waitsFor("train", 20, { kind: "image" }).taskStarts("train", 30);
    expect(held(begun, 60, "train")).toBeUndefined();
  });

  it("is silent below a root that fell silent", () => {
    const log = aRun("n").starts(0, { promises: 10 }).plan("train -> report").waits("train", 10);
    expect(held(log.waitsFor("train", 11, { kind: "image" }), 600, "train")).toBeUndefined();
  });

  it("is the same with a clock that is off", () => {
    const log = aRun("n", { skew: 7200 }).starts(0).waits("t", 10).compute("t", "image-pull", 20);
    expect(held(log, 319, "t")).toBeUndefined();
    expect(held(log, 320, "t")).toBe("unpullable-image likely");
  });
});
