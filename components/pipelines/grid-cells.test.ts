import { describe, expect, it } from "vitest";
import { foldRows } from "@/components/pipelines/fold-rows";
import { historyColumns, seenCell } from "@/components/pipelines/grid-cells";
import type { GridRow, PipelineGrid, PipelineRun } from "@/lib/contract/pipelines";

const ROWS: GridRow[] = ["load", "train[0]", "train[1]"].map((key) => ({
  key,
  label: key,
  group: key.startsWith("train") ? "train" : null,
  gone: false,
  usual: null,
}));

function run(id: string, parts: Partial<PipelineRun> = {}): PipelineRun {
  return {
    id,
    state: "finished",
    outcome: "completed",
    startedAt: "2026-11-23T02:00:00.000Z",
    endedAt: null,
    headline: "",
    rule: null,
    blocker: null,
    nodesDone: 0,
    nodesReused: 0,
    nodesTotal: 3,
    stuckMs: null,
    cacheAsked: null,
    ...parts,
  };
}

/** What the row shows of the newest run. */
function seen(
  key: string,
  cells: PipelineGrid["columns"][number]["cells"],
  parts: Partial<PipelineRun> = {},
) {
  const columns = historyColumns({
    runs: [run("new", parts), run("old")],
    grid: { rows: ROWS, columns: [{ runId: "new", cells }] },
  });
  const row = foldRows(ROWS, new Set()).find((r) => r.key === key);
  const newest = columns.at(-1);
  if (!row || !newest) throw new Error(`no row ${key}`);
  return seenCell(row, newest, ROWS);
}

describe("the cells of a history", () => {
  it("show a node by its status, and a reused one by a shape of its own", () => {
    expect(seen("load", [[0, "completed", 4_000, 2]])).toEqual({
      shape: "finished",
      words: "Finished",
      tookMs: 4_000,
      attempts: 2,
      node: "load",
    });
    expect(seen("load", [[0, "reused", 10, 1]])?.shape).toBe("reused");
    expect(seen("load", [[0, "skipped", null, 0]])?.words).toBe("Skipped");
  });

  it("show the node that holds an open run as the run is judged, and no other", () => {
    const stuck = { state: "stuck", blocker: "load", outcome: null } as const;
    expect(seen("load", [[0, "running", null, 1]], stuck)?.shape).toBe("stuck");
    expect(seen("load", [[0, "running", null, 1]], { ...stuck, blocker: "other" })?.shape).toBe(
      "progressing",
    );
    expect(seen("load", [[0, "completed", 1, 1]], { blocker: "load" })?.shape).toBe("finished");
  });

  it("show of a folded group its worst node, count the others, and lead to the worst", () => {
    expect(
      seen("train", [
        [1, "completed", 5, 1],
        [2, "failed", 5, 1],
      ]),
    ).toEqual({
      shape: "failed",
      words: "1 finished, 1 failed",
      tookMs: undefined,
      attempts: 0,
      node: "train[1]",
    });
  });

  it("are empty where the run had no such node, or is older than the grid", () => {
    expect(seen("train", [[0, "completed", 5, 1]])).toBeUndefined();
    const [oldest] = historyColumns({ runs: [run("new"), run("old")], grid: { rows: ROWS, columns: [] } });
    expect(oldest?.cells).toBeUndefined();
  });
});
