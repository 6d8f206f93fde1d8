/**
 * The demo's orchestrator: one process that runs one pipeline. It starts each step as a process of its own, waits
 * for the step's done-file (and so never learns of a step that dies before it), reuses what it has a result for, and
 * does the fault that it was told to do.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { facet, type Job, own, send } from "./lineage.ts";
import type { Assignment } from "./step.ts";

export interface Pipeline {
  readonly url: string;
  readonly name: string;
  readonly namespace: string;
  readonly runId: string;
  /** Where its files go. */
  readonly folder: string;
  /** Where results are kept for reuse, by key. */
  readonly cacheFolder: string;
  readonly fault?: {
    readonly kind: "kill-after-output" | "sleep-after-output" | "stop-mid-work";
    readonly node: string;
  };
}

interface Step {
  readonly key: string;
  readonly script: string;
  readonly mapIndex?: number;
  readonly after: readonly string[];
  readonly workMs: number;
}

const SHARDS = [0, 1, 2];
const STEPS: readonly Step[] = [
  { key: "prepare", script: "prepare.ts", after: [], workMs: 2_000 },
  { key: "features", script: "features.ts", after: ["prepare"], workMs: 4_000 },
  ...SHARDS.map((i) => ({
    key: `train[${i}]`,
    script: "train.ts",
    mapIndex: i,
    after: ["features"],
    workMs: 6_000,
  })),
  {
    key: "evaluate",
    script: "evaluate.ts",
    after: ["features", ...SHARDS.map((i) => `train[${i}]`)],
    workMs: 2_000,
  },
  { key: "register", script: "register.ts", after: ["evaluate"], workMs: 1_000 },
];

const pipeline = JSON.parse(process.env["UNSTUCK_DEMO_PIPELINE"] ?? "{}") as Pipeline;
const { url, runId } = pipeline;
const job: Job = { namespace: pipeline.namespace, name: pipeline.name };
const children = new Set<ChildProcess>();
const digests = new Map<string, string>();

process.on("SIGTERM", () => {
  // SIGKILL reaches a stopped process too.
  for (const child of children) child.kill("SIGKILL");
  process.exit(0);
});

await mkdir(pipeline.folder, { recursive: true });
await mkdir(pipeline.cacheFolder, { recursive: true });
await send(url, {
  eventType: "START",
  runId,
  job,
  jobFacets: {
    unstuck_plan: own(url, "UnstuckPlanJobFacet", {
      nodes: STEPS.map(({ key }) => ({ key, expectsEvents: true })),
      edges: STEPS.flatMap(({ key, after }) => after.map((from) => ({ from, to: key }))),
    }),
  },
});
const done = new Map<string, Promise<void>>();
for (const step of STEPS) {
  const before = step.after.map((key) => done.get(key));
  done.set(
    step.key,
    Promise.all(before).then(() => runNode(step)),
  );
}
await Promise.all(done.values());
await send(url, { eventType: "COMPLETE", runId, job });
console.log("finished");

async function runNode(step: Step): Promise<void> {
  const name = step.mapIndex === undefined ? step.key : `train.${step.mapIndex}`;
  const output = join(pipeline.folder, `${name}.json`);
  const components = [
    {
      name: step.script,
      kind: "code",
      digest: await digestOf(join(import.meta.dirname, "steps", step.script)),
    },
    {
      name: "shard",
      kind: "parameter",
      digest: String(step.mapIndex ?? "none"),
      value: String(step.mapIndex ?? "none"),
    },
    ...step.after.map((key) => ({ name: key, kind: "input", digest: digests.get(key) ?? "" })),
  ];
  const key = createHash("sha256").update(JSON.stringify(components)).digest("hex").slice(0, 32);
  const kept = join(pipeline.cacheFolder, `${key}.json`);
  const assignment: Assignment = {
    url,
    runId: randomUUID(),
    job: {
      namespace: job.namespace,
      name: `${job.name}.${step.mapIndex === undefined ? step.key : "train"}`,
    },
    parent: { runId, job },
    nodeKey: step.mapIndex === undefined ? step.key : "train",
    ...(step.mapIndex !== undefined && { mapIndex: step.mapIndex }),
    inputs: step.after.map((before) => join(pipeline.folder, `${before.replace(/\[(\d)\]/, ".$1")}.json`)),
    output,
    doneFile: `${output}.done`,
    cache: { status: "MISS", key, components },
    beatSeconds: 2,
    workMs: step.workMs,
    ...(pipeline.fault?.kind === "sleep-after-output" &&
      pipeline.fault.node === step.key && { sleepAfterSeconds: 1_000 }),
  };
  if (existsSync(kept)) await reuse(assignment, kept, components, key);
  else {
    await execute(step, assignment);
    await copyFile(output, kept);
    await writeFile(`${kept}.from`, assignment.runId);
  }
  digests.set(step.key, await digestOf(output));
}

/** Takes an earlier result for this step's, and says so. */
async function reuse(assignment: Assignment, kept: string, components: object[], key: string): Promise<void> {
  await copyFile(kept, assignment.output);
  const from = await readFile(`${kept}.from`, "utf8");
  const runFacets = {
    parent: facet("https://openlineage.io/spec/facets/1-2-0/ParentRunFacet.json", {
      run: { runId },
      job,
      root: { run: { runId }, job },
    }),
    unstuck_attempt: own(url, "UnstuckAttemptRunFacet", {
      number: 1,
      nodeKey: assignment.nodeKey,
      mapIndex: assignment.mapIndex,
    }),
    unstuck_cache: own(url, "UnstuckCacheRunFacet", {
      status: "HIT",
      key,
      components,
      reusedFrom: { runId: from },
    }),
  };
  const common = { runId: assignment.runId, job: assignment.job, runFacets };
  await send(url, { eventType: "START", ...common });
  await send(url, { eventType: "COMPLETE", ...common });
  console.log(`reused ${assignment.job.name}`);
}

/** Runs the step's process, harms it where it was told to, and waits until its done-file is there. */
async function execute(step: Step, assignment: Assignment): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "steps", step.script)], {
    env: { ...process.env, UNSTUCK_DEMO_STEP: JSON.stringify(assignment) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  const fault = pipeline.fault?.node === step.key ? pipeline.fault.kind : undefined;
  let harmed = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const isDue =
      (fault === "kill-after-output" && text.includes("written")) ||
      (fault === "stop-mid-work" && /progress 3000\//.test(text)) ||
      (fault === "sleep-after-output" && text.includes("written"));
    if (!isDue || harmed) return;
    harmed = true;
    if (fault === "kill-after-output") child.kill("SIGKILL");
    if (fault === "stop-mid-work") child.kill("SIGSTOP");
    console.log(`fault ${fault} ${step.key} ${child.pid}`);
  });
  while (!existsSync(assignment.doneFile)) await new Promise((next) => setTimeout(next, 100));
}

async function digestOf(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex")
    .slice(0, 16);
}
