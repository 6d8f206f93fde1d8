/**
 * What the steps of the demo share: each is a process of its own that reads files, works, writes a file, and tells
 * of it. Its assignment comes as JSON in the environment.
 */
import { createHash } from "node:crypto";
import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { beat, type Job, own, processFacet, send } from "./lineage.ts";

export interface Assignment {
  readonly url: string;
  readonly runId: string;
  readonly job: Job;
  readonly parent: { readonly runId: string; readonly job: Job };
  readonly nodeKey: string;
  readonly mapIndex?: number;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Written as the very last act: the runner waits for this file, as batch systems wait for an exit code. */
  readonly doneFile: string;
  readonly cache: object;
  readonly beatSeconds: number;
  /** Roughly how long the work takes, ms. */
  readonly workMs: number;
  /** Sleep so long after the output is written, as a forgotten thread would. */
  readonly sleepAfterSeconds?: number;
}

export interface Work {
  readonly assignment: Assignment;
  /** Tells how far the work is, and lets timers run. */
  progress(done: number, total: number): Promise<void>;
  read<T>(path: string): Promise<T>;
}

/** Runs one step: START, the work with its beats, the output, COMPLETE. */
export async function runStep(work: (work: Work) => Promise<unknown>): Promise<void> {
  const assignment = JSON.parse(process.env["UNSTUCK_DEMO_STEP"] ?? "{}") as Assignment;
  const { url, runId, job, inputs, output } = assignment;
  const run = { url, runId };
  const facets = runFacets(assignment);
  await send(url, {
    eventType: "START",
    ...run,
    job,
    runFacets: facets,
    inputs,
    outputs: [{ name: output }],
  });
  const at = { done: 0, total: 1 };
  const stopBeating = beat(url, runId, assignment.beatSeconds, () => at);
  const began = performance.now();

  const result = await work({
    assignment,
    read: async (path) => JSON.parse(await readFile(path, "utf8")),
    progress: async (done, total) => {
      Object.assign(at, { done, total });
      console.log(`progress ${done}/${total}`);
      // Small data is worked through in a blink; the demo takes the time that larger data would.
      const due = began + (assignment.workMs * done) / total;
      await new Promise((next) => setTimeout(next, Math.max(0, due - performance.now())));
    },
  });

  const text = JSON.stringify(result);
  await writeFile(`${output}.part`, text);
  await rename(`${output}.part`, output);
  const { size, mtime } = await stat(output);
  const written = own(url, "UnstuckOutputOutputDatasetFacet", {
    state: "written",
    uri: `file://${output}`,
    size,
    modifiedAt: mtime.toISOString(),
    checksum: createHash("sha256").update(text).digest("hex"),
    writtenBy: { runId },
    seenBy: "the step itself",
  });
  const outputs = [{ name: output, facets: { unstuck_output: written } }];
  await send(url, { eventType: "RUNNING", ...run, job, runFacets: facets, inputs, outputs });
  // Whoever means to harm this process right after its output does it now.
  console.log("written");
  await new Promise((next) => setTimeout(next, 500));

  if (assignment.sleepAfterSeconds !== undefined) {
    await new Promise((next) => setTimeout(next, (assignment.sleepAfterSeconds ?? 0) * 1000));
  }
  stopBeating();
  await send(url, { eventType: "COMPLETE", ...run, job, runFacets: facets, inputs, outputs });
  await writeFile(assignment.doneFile, "0");
}

function runFacets({ url, parent, nodeKey, mapIndex, cache }: Assignment): Record<string, object> {
  return {
    parent: {
      _producer: "demo",
      _schemaURL: PARENT,
      run: { runId: parent.runId },
      job: parent.job,
      root: { run: { runId: parent.runId }, job: parent.job },
    },
    unstuck_attempt: own(url, "UnstuckAttemptRunFacet", {
      number: 1,
      nodeKey,
      ...(mapIndex !== undefined && { mapIndex }),
    }),
    unstuck_process: processFacet(url),
    unstuck_cache: own(url, "UnstuckCacheRunFacet", cache),
  };
}

const PARENT = "https://openlineage.io/spec/facets/1-2-0/ParentRunFacet.json";
