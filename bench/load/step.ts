/**
 * A step of a pipeline, as a process of its own that beats over HTTP until it is killed. Its argument says where to, and whether it
 * writes an output first. It says `beat` after each beat that was taken, and `written` with the time, ms, when its output was told.
 */
import { stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type Json, type Named, Voice } from "../events/parts.ts";

export interface StepJob {
  readonly url: string;
  /** The run that it is a step of: a source of its own, so that the death of one says nothing of another's source. */
  readonly root: Named;
  readonly runId: string;
  readonly interval: number;
  /** The file that it writes, where it writes one. */
  readonly output?: string;
}

const { url, root, runId, interval, output } = JSON.parse(process.argv[2] ?? "") as StepJob;
const voice = new Voice("integration/step");
const step: Named = { runId, job: { ...root.job, name: `${root.job.name}.train` } };
const outputs = (facets: Json): Json[] =>
  output === undefined ? [] : [{ namespace: "file", name: output, outputFacets: facets }];
const tell = (type: string, facets: Json = {}): Promise<void> =>
  post("/api/v1/lineage", {
    ...voice.event({
      type,
      at: Date.now(),
      of: step,
      run: { parent: voice.parent(root, root) },
      jobFacets: {},
      outputs: outputs(facets),
    }),
  });

await post(
  "/api/v1/lineage",
  voice.event({ type: "START", at: Date.now(), of: root, run: {}, jobFacets: {} }),
);
await tell("START");
await beat(0);
if (output !== undefined) {
  await writeFile(output, "the result");
  const { size, mtime } = await stat(output);
  const told = { state: "written", uri: `file://${output}`, size, modifiedAt: mtime.toISOString() };
  await tell("RUNNING", { unstuck_output: { ...told, writtenBy: { runId } } });
  console.log(`written ${Math.round(mtime.getTime())}`);
}
for (let sequence = 1; ; sequence += 1) {
  await sleep(interval * 1000);
  await beat(sequence);
}

async function beat(sequence: number): Promise<void> {
  await post("/api/v1/heartbeats", { beats: [{ runId, at: new Date().toISOString(), interval, sequence }] });
  console.log("beat");
}

async function post(path: string, body: unknown): Promise<void> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}
