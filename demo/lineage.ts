/** How a step of the demo tells of itself: plain OpenLineage over HTTP, with our facets, as any producer could. */
import { hostname } from "node:os";

const PRODUCER = "https://github.com/unstuck/demo";
const CORE = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

export interface Job {
  readonly namespace: string;
  readonly name: string;
}

export interface Output {
  readonly name: string;
  readonly facets?: Record<string, unknown>;
}

export interface Message {
  readonly eventType: "START" | "RUNNING" | "COMPLETE" | "FAIL" | "ABORT";
  readonly runId: string;
  readonly job: Job;
  readonly runFacets?: Record<string, object>;
  readonly jobFacets?: Record<string, object>;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly Output[];
}

/** Says something, and insists: a producer that gives up at the first refusal loses events. */
async function post(url: string, path: string, body: unknown): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(new URL(path, url), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(5_000),
      });
      if (response.ok) return;
      if (response.status < 500 && response.status !== 429)
        throw new Error(`${response.status} ${await response.text()}`);
    } catch (error) {
      if (attempt >= 5) throw error;
    }
    await new Promise((next) => setTimeout(next, 300 * attempt));
  }
}

/** A facet as the standard wants it: with who made it and where its schema is. */
export function facet(schema: string, fields: object): object {
  return { _producer: PRODUCER, _schemaURL: schema, ...fields };
}

/** One of our own facets. Its schema is served by the server that it is sent to. */
export function own(url: string, name: string, fields: object): object {
  return facet(new URL(`/schemas/facets/1-0-0/${name}.json`, url).href, fields);
}

export function send(url: string, message: Message): Promise<void> {
  const { eventType, runId, job, runFacets = {}, jobFacets = {}, inputs = [], outputs = [] } = message;
  return post(url, "/api/v1/lineage", {
    eventType,
    eventTime: new Date().toISOString(),
    producer: PRODUCER,
    schemaURL: CORE,
    run: { runId, facets: runFacets },
    job: {
      ...job,
      facets: {
        jobType: facet("https://openlineage.io/spec/facets/2-0-4/JobTypeJobFacet.json", {
          processingType: "BATCH",
          integration: "DEMO",
          jobType: runFacets["parent"] ? "TASK" : "PIPELINE",
        }),
        ...jobFacets,
      },
    },
    inputs: inputs.map((name) => ({ namespace: "file", name })),
    outputs: outputs.map(({ name, facets = {} }) => ({ namespace: "file", name, outputFacets: facets })),
  });
}

/** Beats every `seconds` until the returned function is called. What is missed is missed: a beat is not retried. */
export function beat(
  url: string,
  runId: string,
  seconds: number,
  progress: () => { done: number; total: number },
): () => void {
  let sequence = 0;
  const one = () => {
    sequence += 1;
    const { user, system } = process.cpuUsage();
    const body = {
      beats: [
        {
          runId,
          at: new Date().toISOString(),
          interval: seconds,
          sequence,
          progress: { ...progress(), unit: "rows" },
          cpuSeconds: (user + system) / 1e6,
          rssBytes: process.memoryUsage.rss(),
        },
      ],
    };
    post(url, "/api/v1/heartbeats", body).catch(() => undefined);
  };
  one();
  const timer = setInterval(one, seconds * 1000);
  return () => clearInterval(timer);
}

/** Where this process runs, for whoever has to look at it. */
export function processFacet(url: string): object {
  return own(url, "UnstuckProcessRunFacet", {
    host: hostname(),
    pid: process.pid,
    command: process.argv.map((part) => part.split("/").at(-1)).join(" "),
  });
}
