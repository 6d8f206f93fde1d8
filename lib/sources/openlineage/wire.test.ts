import { describe, expect, it } from "vitest";
import { normaliseRunId } from "./run-id.ts";
import { readMessage } from "./wire.ts";

const run = { runId: "r1" };
const job = { namespace: "shop", name: "daily" };
const eventTime = "2026-03-02T00:00:00Z";

function problems(json: unknown): Record<string, string> {
  const result = readMessage(json);
  if (result.ok) throw new Error("was read");
  return Object.fromEntries(result.problems.map(({ path, reason }) => [path, reason]));
}

describe("readMessage", () => {
  it("tells the three kinds apart by their structure, whatever their schemaURL says", () => {
    const schemaURL = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent";
    expect(readMessage({ eventTime, run, job, schemaURL })).toMatchObject({
      ok: true,
      message: { kind: "run" },
    });
    expect(readMessage({ eventTime, job, eventType: "COMPLETE" })).toMatchObject({
      ok: true,
      message: { kind: "job" },
    });
    expect(readMessage({ eventTime, dataset: job })).toMatchObject({
      ok: true,
      message: { kind: "dataset" },
    });
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "START"],
    ["a list of events", [{ eventTime, run, job }]],
    ["an object that is none of the three", { eventTime }],
  ])("refuses %s as a whole", (_, json) => {
    expect(Object.keys(problems(json))).toEqual([""]);
  });

  it("names every part that is missing", () => {
    expect(Object.keys(problems({ run: {}, job: { namespace: "shop" } }))).toEqual([
      "eventTime",
      "run.runId",
      "job.name",
    ]);
    expect(Object.keys(problems({ eventTime, run: null, job: null }))).toEqual(["run", "job"]);
    expect(Object.keys(problems({ eventTime, dataset: { name: " " } }))).toEqual([
      "dataset.namespace",
      "dataset.name",
    ]);
  });

  it.each([
    ["yesterday", '"yesterday"'],
    ["", '""'],
    [1_772_409_600, "the number 1772409600"],
    [1_772_409_600_000, "the number 1772409600000"],
    [null, "null"],
    ["2026-02-30T00:00:00Z", '"2026-02-30T00:00:00Z"'],
  ])("refuses the time %j and says what was given", (given, said) => {
    expect(problems({ eventTime: given, run, job })["eventTime"]).toContain(said);
  });

  it.each(["1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"])(
    "takes the time %s as it is told: whether it can be is judged later",
    (given) => {
      expect(readMessage({ eventTime: given, run, job })).toMatchObject({
        ok: true,
        message: { eventTime: Date.parse(given) },
      });
    },
  );

  it("refuses an id that is empty or too long, and a name that is only white space", () => {
    expect(problems({ eventTime, run: { runId: "  " }, job })).toHaveProperty(["run.runId"]);
    expect(problems({ eventTime, run: { runId: "x".repeat(513) }, job })).toHaveProperty(["run.runId"]);
    expect(problems({ eventTime, run, job: { namespace: "", name: "\t" } })).toMatchObject({
      "job.namespace": "a name must not be empty",
      "job.name": "a name must not be empty",
    });
  });

  it("notes a producer, facets and lists that are of the wrong kind, and reads the rest", () => {
    const read = readMessage({ eventTime, producer: 7, run: { ...run, facets: [] }, job, outputs: "none" });
    expect(read).toMatchObject({
      ok: true,
      message: { notes: [{ path: "producer" }, { path: "run.facets" }, { path: "outputs" }] },
    });
  });
});

describe("normaliseRunId", () => {
  it("gives a UUID in lower case and any other id as it is, both trimmed", () => {
    expect(normaliseRunId(" 0198A5A0-1000-7000-8000-00000000DA60\n")).toBe(
      "0198a5a0-1000-7000-8000-00000000da60",
    );
    expect(normaliseRunId(" Run-7 ")).toBe("Run-7");
  });

  it("refuses what is empty or longer than 512 characters, and replaces what cannot be stored", () => {
    expect(normaliseRunId(" \n")).toBeUndefined();
    expect(normaliseRunId("x".repeat(513))).toBeUndefined();
    expect(normaliseRunId("x".repeat(512))).toHaveLength(512);
    expect(normaliseRunId("a\0b")).toBe("a\uFFFDb");
  });
});
