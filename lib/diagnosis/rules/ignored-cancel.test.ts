import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const run = () =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"] });
const asked = (word = "CancelRequested") => run().tells("train", word, 60);

describe("ignored-cancel", () => {
  it.each(["CancelRequested", "CANCELLING", "canceling", "Stopping"])(
    "claims after 15 minutes: %s",
    (word) => {
      expect(held(asked(word), 959, "train")).toBeUndefined();
      expect(held(asked(word), 960, "train")).toBe("ignored-cancel likely");
      expect(diagnoseAt(asked(word), 960).state).toBe("stuck");
    },
  );

  it("does not begin anew with each message that says it again", () => {
    expect(held(asked().tells("train", "cancel_requested", 900), 960, "train")).toBe("ignored-cancel likely");
  });

  it("is proven where it still beats", () => {
    const log = asked().promises("train", 10, 10).beats("train", { from: 20, to: 960, every: 10 });
    expect(held(log, 960, "train")).toBe("ignored-cancel proven");
    expect(verdictOf(log, 960, "train", "ignored-cancel")?.claim).toBe(
      "`train` was asked to stop 15m ago, and still gives signs of life (the last just now)",
    );
  });

  it("is silent where its source has said another state since, or it ended", () => {
    expect(held(asked().tells("train", "Running", 100), 2000, "train")).toBeUndefined();
    expect(held(asked().aborts("train", 100), 2000, "train")).toBeUndefined();
    expect(held(asked("Canceled"), 2000, "train")).toBeUndefined();
  });

  it("is more to the point than that the end is missing or the heart stopped", () => {
    const written = asked().writes("train", "model", 50);
    expect(held(written, 950, "train")).toBe("lost-completion likely");
    expect(held(written, 960, "train")).toBe("ignored-cancel likely");
    const rules = verdictOf(written, 960, "train", "ignored-cancel")?.ruledOut.map((r) => r.rule);
    expect(rules).toContain("lost-completion");
  });

  it("blames what is still open below what was asked to stop, and not the steps that never came", () => {
    const log = run().tells("nightly", "CancelRequested", 60);
    expect(held(log, 960, "train")).toBe("ignored-cancel likely");
    expect(held(log, 960, "nightly")).toBeUndefined();
    expect(verdictOf(log, 960, "train", "ignored-cancel")?.claim).toContain(
      "belongs to `nightly`, which was asked to stop",
    );
    const none = aRun("n").starts(0).plan("a -> b").tells("n", "CancelRequested", 60);
    expect(held(none, 959, "a")).toBeUndefined();
    expect(held(none, 960, "n")).toBe("ignored-cancel likely");
    expect(diagnoseAt(none, 960).blockers.map((b) => b.nodeKey)).toEqual(["n"]);
  });

  it("is silent of a job that owes no end, and gives way to a dark source", () => {
    const stream = aRun("n").starts(0).taskStarts("s", 10, { processing: "streaming" });
    expect(held(stream.tells("s", "CancelRequested", 60), 2000, "s")).toBeUndefined();
    const dark = asked()
      .promises("train", 10, 10)
      .beats("train", { from: 20, to: 100, every: 10 })
      .elsewhere("x", { every: 10, last: 100 });
    expect(held(dark, 2000, "train")).toBe("dark-source likely");
  });
});
