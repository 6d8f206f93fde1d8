import { now } from "../lib/server/clock.ts";
import { rebuild } from "../lib/server/ingest/rebuild.ts";
import { Writer } from "../lib/server/ingest/writer.ts";
import { rebuildBaselines } from "../lib/server/runs/rebuild-baselines.ts";
import { withDatabase } from "./with-database.ts";

/** `unstuck rebuild`: computes all projections anew from the log, and what they teach, while the server runs or not. */
export function rebuildAll(): Promise<void> {
  return withDatabase(async (db, url) => {
    const writer = new Writer(url);
    let said = 0;
    await rebuild(writer, now(), (done, total) => {
      if (done < total && done - said < 2_000) return;
      said = done;
      console.log(`${done} of ${total} attempts`);
    }).finally(() => writer.close());
    await rebuildBaselines(db, now(), (done, total) => {
      if (done === total || done % 100 === 0) console.log(`${done} of ${total} pipelines learned`);
    });
    console.log("Rebuilt. The server judges the runs anew.");
  });
}
