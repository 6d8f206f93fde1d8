/** A pipeline with a past, told through the public API as a producer would tell of it. */
import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface History {
  readonly namespace: string;
  readonly name: string;
  /** Oldest first; the last one is stuck. */
  readonly runIds: readonly string[];
  /** Its page. */
  readonly path: string;
}

/**
 * Three runs of a pipeline whose names are as awkward as names are: two that completed, and one an hour old whose
 * `train[1]` wrote its output and never reported its end. Its `features` runs with other code and another parameter; a
 * step of the first run is gone since.
 */
export async function tellHistory(api: APIRequestContext): Promise<History> {
  const namespace = `shop://eu west/ü?${randomUUID().slice(0, 4)}%2F`;
  const name = `nightly, full: 100% / ${randomUUID().slice(0, 4)}`;
  const runIds = [randomUUID(), randomUUID(), randomUUID()];
  const now = Date.now();
  const events: object[] = [];
  for (const [nth, runId] of runIds.entries()) {
    const last = nth === runIds.length - 1;
    const at = now - (runIds.length - 1 - nth) * DAY - 60 * MINUTE;
    const said = { namespace, name, runId, events };
    say(said, "START", at, runId, undefined, { job: { unstuck_plan: PLAN } });
    const code = {
      sourceCodeLocation: { type: "git", url: "https://git.test/f.py", version: last ? "2a1d" : "1f0c" },
    };
    const epochs = { executionParameters: { parameters: [{ key: "epochs", value: last ? "50" : "40" }] } };
    step(said, "features", at, 10, { job: code, run: epochs });
    step(said, "train", at + 10 * MINUTE, 10, { map: 0 });
    if (nth === 0) step(said, "legacy_check", at + 20 * MINUTE, 1);
    if (last) {
      const id = randomUUID();
      say(said, "START", at + 10 * MINUTE, id, "train", { map: 1, wrote: "model.bin" });
      say(said, "RUNNING", at + 20 * MINUTE, id, "train", { map: 1, wrote: "model.bin" });
    } else {
      step(said, "train", at + 10 * MINUTE, 12, { map: 1 });
      step(said, "report", at + 25 * MINUTE, 1);
      say(said, "COMPLETE", at + 27 * MINUTE, runId);
    }
  }
  const response = await api.post("/api/v1/lineage/batch", { data: events });
  const result = await response.json();
  if (response.status() !== 200 || result.summary?.failed) throw new Error(JSON.stringify(result));
  const path = `/pipelines/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
  return { namespace, name, runIds, path };
}

const PLAN = {
  nodes: [{ key: "features" }, { key: "train" }, { key: "report" }],
  edges: [
    { from: "features", to: "train" },
    { from: "train", to: "report" },
  ],
};

interface Telling {
  readonly namespace: string;
  readonly name: string;
  readonly runId: string;
  readonly events: object[];
}

interface More {
  readonly run?: object;
  readonly job?: object;
  readonly map?: number;
  readonly wrote?: string;
}

function step(telling: Telling, key: string, at: number, minutes: number, more: More = {}): void {
  const id = randomUUID();
  say(telling, "START", at, id, key, more);
  say(telling, "COMPLETE", at + minutes * MINUTE, id, key, more);
}

function say(telling: Telling, type: string, at: number, id: string, key?: string, more: More = {}): void {
  const { namespace, name, runId, events } = telling;
  const { run = {}, job = {}, map, wrote } = more;
  const parent = { run: { runId }, job: { namespace, name } };
  const attempt = { number: 1, ...(map !== undefined && { mapIndex: map }) };
  events.push({
    eventType: type,
    eventTime: new Date(at).toISOString(),
    producer: "https://example.com/stories",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    run: { runId: id, facets: { ...(key !== undefined && { parent, unstuck_attempt: attempt }), ...run } },
    job: { namespace, name: key === undefined ? name : `${name}.${key}`, facets: job },
    outputs:
      wrote === undefined
        ? []
        : [
            {
              ...{ namespace: "s3://models", name: wrote },
              // What is listed at the start is only declared.
              ...(type !== "START" && { outputFacets: { outputStatistics: { size: 512 } } }),
            },
          ],
  });
}
