import { describe, expect, it } from "vitest";
import { ingestServer } from "../../testing/ingest-server.ts";
import { database, openDatabase } from "../database.ts";
import { loadRun } from "./load-run.ts";

const { post } = await ingestServer(5_000_000);
const BEGAN = Date.now() - 600_000;
/** More than are read anew each time. */
const STEPS = 1_200;

const said = (id: string, at: number, more: { type?: string; parent?: string } = {}) => ({
  eventType: more.type ?? "START",
  eventTime: new Date(BEGAN + at * 1000).toISOString(),
  run: {
    runId: id,
    facets:
      more.parent === undefined
        ? {}
        : { parent: { run: { runId: more.parent }, job: { namespace: "n", name: "big" } } },
  },
  job: { namespace: "n", name: more.parent === undefined ? id : `big.${id}` },
});

async function tell(...messages: object[]): Promise<void> {
  const response = await post("/api/v1/lineage/batch", messages);
  expect(response.status).toBeLessThan(300);
}

/** Asks as pages do, by the pool that keeps what it read, and by one that has never read anything. */
async function bothLoad(runId: string) {
  const fresh = openDatabase(process.env["DATABASE_URL"] ?? "");
  const run = await loadRun(fresh, runId);
  await fresh.$disconnect();
  return { kept: await loadRun(database(), runId), fresh: run };
}

describe("a large run that was read before", () => {
  it("is as the store has it, whatever was told since", async () => {
    const steps = Array.from({ length: STEPS }, (_, i) => said(`s${i}`, 1, { parent: "big" }));
    await tell(said("big", 0), ...steps);
    const first = await loadRun(database(), "big");
    expect(first?.nodes.size).toBe(STEPS);
    // Nothing was told since: it need not be put together again.
    expect(await loadRun(database(), "big")).toBe(first);
    const changes: (() => Promise<unknown>)[] = [
      () => tell(said("s7", 60, { type: "COMPLETE", parent: "big" })),
      () => tell(said("new", 61, { parent: "big" })),
      () =>
        post("/api/v1/heartbeats", {
          beats: [{ runId: "s8", at: new Date(BEGAN + 62_000).toISOString(), interval: 10 }],
        }),
      // One joins with what is below it, and one leaves for another run.
      () => tell(said("below", 63, { parent: "joins" }), said("joins", 64, { parent: "big" })),
      () => tell(said("s9", 65, { parent: "other" }), said("s10", 66, { type: "FAIL", parent: "big" })),
      () => database().$executeRaw`DELETE FROM attempt WHERE id = 's11'`,
    ];
    for (const change of changes) {
      const before = await loadRun(database(), "big");
      await change();
      const { kept, fresh } = await bothLoad("big");
      expect(kept).toEqual(fresh);
      expect(kept).not.toEqual(before);
    }
  });
});
