import { describe, expect, it } from "vitest";
import { all, type Json, lineageMessage, only, tell } from "../../testing/lineage.ts";

/** What a message of that type tells of one output with these facets. */
function ofOutput(type: string | undefined, facets: Json, outputFacets: Json = {}): string[] {
  const outputs = [{ namespace: "lake", name: "orders", facets, outputFacets }];
  return tell(lineageMessage({ type, outputs })).flatMap((one) => {
    if (one.type === "output.written") return [`written by ${one.shownBy}`];
    return one.type.startsWith("output.") ? [one.type.slice("output.".length)] : [];
  });
}

describe("outputs", () => {
  const outputStatistics = { rowCount: 0 };
  const version = { datasetVersion: 41 };

  it("are declared where they are listed before the end, and written where they are listed at it", () => {
    for (const type of ["START", "RUNNING", "OTHER", "FAIL", "ABORT", undefined])
      expect(ofOutput(type, {})).toEqual(["declared"]);
    expect(ofOutput("COMPLETE", {})).toEqual(["written by end"]);
  });

  it("are not written by a START, whatever it says of statistics, versions and commits", () => {
    const facets = { version, outputStatistics };
    expect(ofOutput("START", facets, { outputStatistics, icebergCommitReport: { snapshotId: 7 } })).toEqual([
      "declared",
    ]);
  });

  it("are written where statistics say so, in either place, zero rows included", () => {
    expect(ofOutput("RUNNING", {}, { outputStatistics })).toEqual(["declared", "written by statistics"]);
    expect(ofOutput("FAIL", { outputStatistics })).toEqual(["declared", "written by statistics"]);
    expect(ofOutput("COMPLETE", {}, { outputStatistics })).toEqual([
      "written by statistics",
      "written by end",
    ]);
    expect(ofOutput("RUNNING", {}, { outputStatistics: {} })).toEqual(["declared"]);
  });

  it("are written where a version or commit says so while it runs or ends", () => {
    expect(ofOutput("RUNNING", { version })).toEqual(["declared", "written by version"]);
    expect(ofOutput("COMPLETE", { version })).toEqual(["written by version", "written by end"]);
    expect(ofOutput("OTHER", { version })).toEqual(["declared"]);
    expect(ofOutput("RUNNING", {}, { icebergCommitReport: { snapshotId: 7 } })).toEqual([
      "declared",
      "written by version",
    ]);
  });

  it("are not written by being dropped", () => {
    const lifecycleStateChange = { lifecycleStateChange: "DROP" };
    expect(ofOutput("START", { lifecycleStateChange })).toEqual([]);
    expect(ofOutput("COMPLETE", { lifecycleStateChange, version })).toEqual([]);
  });

  it("are what unstuck_output says, on any message, above all that would be inferred", () => {
    const state = (word: string) => ({ unstuck_output: { state: word }, outputStatistics });
    expect(ofOutput("START", {}, state("written"))).toEqual(["declared", "written by state"]);
    expect(ofOutput("START", state("written"))).toEqual(["declared", "written by state"]);
    expect(ofOutput("COMPLETE", {}, state("writing"))).toEqual(["grew"]);
    expect(ofOutput("COMPLETE", {}, state("declared"))).toEqual(["declared"]);
    expect(ofOutput("COMPLETE", {}, state("gone"))).toEqual(["written by statistics", "written by end"]);
  });

  it("carry all that one message knows of them, whichever way they are shown", () => {
    const outputs = [
      {
        namespace: "lake",
        name: "orders",
        facets: { version: { datasetVersion: "v2" } },
        outputFacets: { outputStatistics: { rowCount: 5, size: 7, fileCount: 1 } },
      },
    ];
    const written = all(tell(lineageMessage({ type: "COMPLETE", outputs })), "output.written");
    expect(written.map(({ shownBy }) => shownBy)).toEqual(["version", "statistics", "end"]);
    for (const one of written) expect(one).toMatchObject({ rows: 5, sizeBytes: 7, files: 1, version: "v2" });
  });

  it("are left out where they have no name, and noted; a namespace may be missing", () => {
    const told = tell(
      lineageMessage({ type: "COMPLETE", outputs: [{ namespace: "lake", name: " " }, null, { name: "b" }] }),
    );
    expect(only(told, "output.written").dataset).toEqual({ namespace: "", name: "b" });
    expect(all(told, "ingest.noted").map(({ path }) => path)).toEqual([
      "outputs[0].name",
      "outputs[1]",
      "outputs[2].namespace",
    ]);
  });

  it("may be null, and inputs may be no list, which is noted", () => {
    const told = tell(lineageMessage({ type: "COMPLETE", outputs: null, inputs: {} }));
    expect(told.filter(({ type }) => type.startsWith("output.") || type === "input.read")).toEqual([]);
    expect(only(told, "ingest.noted").path).toBe("inputs");
  });
});
