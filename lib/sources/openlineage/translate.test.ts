import { describe, expect, it } from "vitest";
import { parseInstant } from "../../base/instant.ts";
import { all, type Json, lineageMessage, only, RUN_ID, tell } from "../../testing/lineage.ts";

const at = (text: string) => parseInstant(text);

describe("the life of an attempt", () => {
  it.each([
    ["START", ["attempt.started"]],
    ["RUNNING", ["attempt.beat"]],
    ["OTHER", ["attempt.noted"]],
    [undefined, ["attempt.noted"]],
    ["complete", ["attempt.ended"]],
    [" Fail ", ["attempt.ended"]],
  ])("%s tells who it is and where it is in its life", (type, expected) => {
    expect(tell(lineageMessage({ type })).map((one) => one.type)).toEqual(["attempt.observed", ...expected]);
  });

  it("reads an unknown type like OTHER, and notes it", () => {
    const told = tell(lineageMessage({ type: "PAUSED" }));
    expect(told.map((one) => one.type)).toEqual(["attempt.observed", "attempt.noted", "ingest.noted"]);
    expect(only(told, "ingest.noted")).toMatchObject({
      path: "eventType",
      reason: expect.stringContaining("PAUSED"),
    });
  });

  it.each([
    ["COMPLETE", "completed"],
    ["FAIL", "failed"],
    ["ABORT", "aborted"],
  ])("%s is the outcome %s", (type, outcome) => {
    expect(only(tell(lineageMessage({ type })), "attempt.ended").outcome).toBe(outcome);
  });

  it("gives the first 2,000 characters of the error", () => {
    const told = tell(
      lineageMessage({ type: "FAIL", run: { errorMessage: { message: "x".repeat(3_000) } } }),
    );
    expect(only(told, "attempt.ended").error).toBe("x".repeat(2_000));
  });

  it("names the source after the job's namespace, the attempt after the run, and takes their time", () => {
    const [first] = tell(lineageMessage({ type: "START" }));
    expect(first).toMatchObject({
      source: "shop",
      attemptId: RUN_ID,
      occurredAt: at("2026-03-02T00:00:00Z"),
    });
  });

  it("takes a heartbeat on any message for a beat, with its progress and its promise in ms", () => {
    const heartbeat = {
      interval: 10,
      sequence: 3,
      progress: { done: 1, total: 4, unit: "files" },
      cpuSeconds: 2,
      rssBytes: 5,
    };
    for (const type of ["START", "RUNNING", "COMPLETE", "OTHER"]) {
      const told = tell(lineageMessage({ type, run: { unstuck_heartbeat: heartbeat } }));
      const { interval: _, ...rest } = heartbeat;
      expect(only(told, "attempt.beat")).toMatchObject(rest);
      expect(only(told, "beat.promised").intervalMs).toBe(10_000);
    }
  });

  it("promises nothing where the interval is no positive number, and notes it", () => {
    const told = tell(
      lineageMessage({ type: "RUNNING", run: { unstuck_heartbeat: { interval: 0, sequence: 7 } } }),
    );
    expect(all(told, "beat.promised")).toEqual([]);
    expect(only(told, "attempt.beat").sequence).toBe(7);
    expect(only(told, "ingest.noted").path).toBe("run.facets.unstuck_heartbeat.interval");
  });

  it("promises nothing where the interval is beyond all numbers", () => {
    const run = { unstuck_heartbeat: { interval: 1e308 } };
    expect(all(tell(lineageMessage({ run })), "beat.promised")).toEqual([]);
  });

  it("reads the standard's own promise only where events are periodic", () => {
    const promised = (eventTrigger: string) =>
      all(
        tell(lineageMessage({ job: { jobType: { emissionPattern: { eventTrigger, windowDuration: 60 } } } })),
        "beat.promised",
      );
    expect(promised("PERIODIC")).toMatchObject([{ intervalMs: 60_000 }]);
    expect(promised("EVENT_BASED")).toEqual([]);
  });
});

describe("parents", () => {
  const parentOf = (facet: Json, key = "parent") => {
    const told = tell(lineageMessage({ type: "START", run: { [key]: facet } }));
    return { ...only(told, "attempt.observed"), notes: all(told, "ingest.noted").map(({ path }) => path) };
  };
  const run = { runId: "0198A5A0-1000-7000-8000-00000000DA60" };
  const id = "0198a5a0-1000-7000-8000-00000000da60";
  const job = { namespace: "shop", name: "daily" };

  it("are known by their run and job, their root too", () => {
    const root = { run: { runId: "root-1" }, job: { namespace: "shop", name: "all" } };
    expect(parentOf({ run, job, root })).toMatchObject({
      parent: { attemptId: id, job },
      root: { attemptId: "root-1", job: root.job },
      notes: [],
    });
  });

  it("are known by the older key, too", () => {
    expect(parentOf({ run, job }, "parentRun").parent).toEqual({ attemptId: id, job });
  });

  it("are known without their job's name, which is noted", () => {
    const { parent, notes } = parentOf({ run, job: { namespace: "shop" } });
    expect(parent).toEqual({ attemptId: id });
    expect(notes).toEqual(["run.facets.parent.job.name"]);
  });

  it("are unknown without a run id, which is noted", () => {
    const { parent, notes } = parentOf({ run: { id: "x" }, job });
    expect(parent).toBeUndefined();
    expect(notes).toEqual(["run.facets.parent.run.runId"]);
  });

  it("are never the attempt itself, in whatever case it is written", () => {
    const { parent, root, notes } = parentOf({ run: { runId: RUN_ID.toUpperCase() }, job });
    expect([parent, root]).toEqual([undefined, undefined]);
    expect(notes).toEqual(["run.facets.parent.run.runId"]);
  });

  it("are kept where only the root is the attempt itself", () => {
    const { parent, root, notes } = parentOf({ run, job, root: { run: { runId: RUN_ID }, job } });
    expect(parent?.attemptId).toBe(id);
    expect(root).toBeUndefined();
    expect(notes).toEqual(["run.facets.parent.root.run.runId"]);
  });
});
