/** Pipelines for the stories, told through the public API as a producer would tell of them. */
import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";

const MINUTE = 60_000;

type Type = "START" | "RUNNING" | "COMPLETE" | "FAIL" | "ABORT" | "OTHER";

interface Told {
  readonly type: Type;
  readonly at: number;
  readonly runId: string;
  readonly name: string;
  readonly run?: object;
  readonly job?: object;
  readonly outputs?: readonly { readonly name: string; readonly facets?: object }[];
}

/** A nightly pipeline as its producer sees it. */
export interface Nightly {
  readonly name: string;
  readonly source: string;
  readonly runId: string;
  readonly trainId: string;
  /** Sends the end that was missing. */
  complete(): Promise<void>;
}

/** Sends one event, and fails where it is not taken. */
export async function tell(api: APIRequestContext, namespace: string, told: Told): Promise<void> {
  const response = await api.post("/api/v1/lineage", {
    data: {
      eventType: told.type,
      eventTime: new Date(told.at).toISOString(),
      producer: "https://example.com/stories",
      schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
      run: { runId: told.runId, facets: told.run ?? {} },
      job: { namespace, name: told.name, facets: told.job ?? {} },
      outputs: (told.outputs ?? []).map(({ name, facets = {} }) => ({
        namespace: "s3://models",
        name,
        outputFacets: facets,
      })),
    },
  });
  if (response.status() !== 201) throw new Error(`${response.status()} ${await response.text()}`);
}

/**
 * Nine nodes, of which train[2] wrote both its outputs an hour and a half ago, stopped beating nine seconds later,
 * and never reported its end; the three behind it wait.
 */
export async function tellNightly(
  api: APIRequestContext,
  name = `nightly_churn_${randomUUID().slice(0, 4)}`,
): Promise<Nightly> {
  const namespace = `airflow-${name.replace(/^.*_/, "")}`;
  const now = Date.now();
  const ago = (minutes: number) => now - minutes * MINUTE;
  const runId = randomUUID();
  const trainId = randomUUID();
  const edges = [
    ["ingest", "clean"],
    ["clean", "features"],
    ["features", "train"],
    ["train", "evaluate"],
    ["evaluate", "register"],
    ["evaluate", "report"],
  ];
  const keys = ["ingest", "clean", "features", "train", "evaluate", "register", "report"];
  const say = (told: Told) => tell(api, namespace, told);
  await say({
    type: "START",
    at: ago(372),
    runId,
    name,
    job: {
      unstuck_plan: { nodes: keys.map((key) => ({ key })), edges: edges.map(([from, to]) => ({ from, to })) },
    },
  });
  const parent = {
    run: { runId },
    job: { namespace, name },
    root: { run: { runId }, job: { namespace, name } },
  };
  const step = async (
    key: string,
    from: number,
    to: number | undefined,
    mapIndex?: number,
    id = randomUUID(),
    more: object = {},
  ) => {
    const attempt = { number: 1, ...(mapIndex !== undefined && { mapIndex }) };
    const run = { parent, unstuck_attempt: attempt, unstuck_process: { host: "gpu-07", pid: 4211 }, ...more };
    const common = { runId: id, name: `${name}.${key}`, run };
    await say({ ...common, type: "START", at: ago(from) });
    if (to !== undefined) await say({ ...common, type: "COMPLETE", at: ago(to) });
  };
  const reused = {
    unstuck_cache: { status: "HIT", key: "9f2c", components: [], reusedFrom: { runId: randomUUID() } },
  };
  await step("ingest", 372, 371.8, undefined, randomUUID(), reused);
  await step("clean", 371, 370.8, undefined, randomUUID(), reused);
  await step("features", 365, 346);
  await step("train", 180, 139, 0);
  await step("train", 180, 136, 1);
  const train = {
    runId: trainId,
    name: `${name}.train`,
    run: {
      parent,
      unstuck_attempt: { number: 1, mapIndex: 2 },
      unstuck_process: { host: "gpu-07", pid: 4388 },
    },
  };
  const written = (size: number, minutes: number) => ({
    unstuck_output: {
      state: "written",
      size,
      modifiedAt: new Date(ago(minutes)).toISOString(),
      writtenBy: { runId: trainId },
      seenBy: "the step itself",
    },
  });
  await say({
    ...train,
    type: "START",
    at: ago(146),
    outputs: [{ name: "model.safetensors" }, { name: "metrics.json" }],
  });
  const beats = [];
  for (let at = ago(146); at <= ago(101); at += 10_000)
    beats.push({ runId: trainId, at: new Date(at).toISOString(), interval: 10 });
  const taken = await api.post("/api/v1/heartbeats", { data: { beats } });
  if (taken.status() !== 201) throw new Error(await taken.text());
  await say({
    ...train,
    type: "RUNNING",
    at: ago(101.15),
    outputs: [
      { name: "model.safetensors", facets: written(1_900_000_000, 101.33) },
      { name: "metrics.json", facets: written(4_096, 101.15) },
    ],
  });
  return {
    name,
    source: namespace,
    runId,
    trainId,
    complete: () => say({ ...train, type: "COMPLETE", at: Date.now() }),
  };
}

/** Waits until the background work has put the run's answer into the lists. */
export async function awaitState(api: APIRequestContext, runId: string, state: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const { runs } = await (await api.get(`/api/v1/runs?q=${runId}`)).json();
    if (runs[0]?.state === state) return;
    await new Promise((next) => setTimeout(next, 200));
  }
  throw new Error(`the run ${runId} did not become ${state}`);
}
