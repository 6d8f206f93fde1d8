/** A pipeline whose runs ask a cache, and wait for each other, told through the public API as a producer would tell of it. */
import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface Churn {
  /** Oldest first. */
  readonly runIds: readonly string[];
  /** The run that has what `train` of the last one waits for. */
  readonly holderId: string;
}

/**
 * Three runs of two steps. `features` is keyed by code and rate: of the last run one part differs from those of the
 * middle one, both from the first. In the last one `train` failed once, after a hundred and fifty RUNNING messages; its
 * second try queued, and now waits for a pool that a step of another pipeline has; `report` waits for a lock of its.
 */
export async function tellChurn(api: APIRequestContext): Promise<Churn> {
  const tag = randomUUID().slice(0, 4);
  const [namespace, name] = [`churn-${tag}`, `churn_${tag}`];
  const events: object[] = [];
  const say = (
    type: string,
    at: number,
    runId: string,
    job: string,
    facets: object = {},
    plan: object = {},
  ) =>
    events.push({
      eventType: type,
      eventTime: new Date(at).toISOString(),
      producer: "https://example.com/stories",
      schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
      run: { runId, facets },
      job: { namespace, name: job, facets: plan },
    });
  const unstuck_plan = {
    nodes: [{ key: "features" }, { key: "train" }, { key: "report" }],
    edges: [{ from: "features", to: "train" }],
  };
  const [holderId, holderStep] = [randomUUID(), randomUUID()];
  const now = Date.now();
  say("START", now - 2 * HOUR, holderId, `embeddings_${tag}`);
  say("START", now - 2 * HOUR, holderStep, `embeddings_${tag}.embed`, {
    parent: { run: { runId: holderId }, job: { namespace, name: `embeddings_${tag}` } },
  });
  const runIds = [randomUUID(), randomUUID(), randomUUID()];
  const keys = [
    ["1f0c", "0.01"],
    ["2a1d", "0.02"],
    ["2a1d", "0.03"],
  ];
  for (const [nth, runId] of runIds.entries()) {
    const at = now - (2 - nth) * 24 * HOUR - HOUR;
    const parent = { run: { runId }, job: { namespace, name } };
    const [code, rate] = keys[nth] ?? [];
    const components = [
      { name: "features.py", kind: "code", digest: code },
      { name: "rate", kind: "parameter", digest: rate, value: rate },
    ];
    const cache = { parent, unstuck_cache: { status: "MISS", key: `${code}${rate}`, components } };
    const id = randomUUID();
    say("START", at, runId, name, {}, { unstuck_plan });
    say("START", at, id, `${name}.features`, { ...cache, my_team: { owner: "churn", paged: ["ada"] } });
    say("COMPLETE", at + MINUTE, id, `${name}.features`, cache);
    if (nth < 2) {
      say("COMPLETE", at + 2 * MINUTE, runId, name);
      continue;
    }
    const [first, second, report] = [randomUUID(), randomUUID(), randomUUID()];
    const train = (number: number, more: object = {}) => ({ parent, unstuck_attempt: { number }, ...more });
    say("START", at + 2 * MINUTE, first, `${name}.train`, train(1));
    for (let i = 1; i <= 150; i++)
      say("RUNNING", at + 2 * MINUTE + i * 1_000, first, `${name}.train`, train(1));
    const errorMessage = { message: "out of memory", programmingLanguage: "python" };
    say("FAIL", at + 5 * MINUTE, first, `${name}.train`, train(1, { errorMessage }));
    const wait = (after: number, unstuck_wait: object) =>
      say("OTHER", at + after, second, `${name}.train`, train(2, { unstuck_wait }));
    wait(6 * MINUTE, { kind: "queue", on: "celery", until: new Date(at + 8 * MINUTE).toISOString() });
    wait(9 * MINUTE, { kind: "pool", on: "gpu", holder: { runId: holderStep, job: "embed" } });
    const held = { kind: "lock", on: "warehouse", holder: { runId: second } };
    say("OTHER", at + 10 * MINUTE, report, `${name}.report`, { parent, unstuck_wait: held });
  }
  const response = await api.post("/api/v1/lineage/batch", { data: events });
  const result = await response.json();
  if (response.status() !== 200 || result.summary?.failed) throw new Error(JSON.stringify(result));
  return { runIds, holderId };
}
