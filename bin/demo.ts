/** `npm run demo`: real pipelines of real processes, harmed in known ways, so that there is something to look at. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pipeline } from "../demo/runner.ts";
import { diagnosisResource } from "../lib/contract/diagnosis.ts";
import { readEnv } from "../lib/server/env.ts";
import { addressOf } from "../lib/server/http.ts";

interface Story {
  readonly name: string;
  readonly says: string;
  readonly fault?: Pipeline["fault"];
  /** The state and the rule that the server must come to. */
  readonly expected: { readonly state: string; readonly rule: string | null };
}

const STORIES: readonly Story[] = [
  {
    name: "prices_clean",
    says: "runs to its end",
    expected: { state: "finished", rule: null },
  },
  {
    name: "prices_killed",
    says: "train[2] is killed (SIGKILL) right after its output is written",
    fault: { kind: "kill-after-output", node: "train[2]" },
    expected: { state: "stuck", rule: "lost-completion" },
  },
  {
    name: "prices_sleeping",
    says: "train[1] sleeps 1,000 s after its output is written",
    fault: { kind: "sleep-after-output", node: "train[1]" },
    expected: { state: "stuck", rule: "hung-after-output" },
  },
  {
    name: "prices_stopped",
    says: "features is stopped (SIGSTOP) half-way through its work",
    fault: { kind: "stop-mid-work", node: "features" },
    expected: { state: "stuck", rule: "silent-heartbeat" },
  },
  {
    name: "prices_changed",
    says: "runs twice; in between, the source of features is changed",
    expected: { state: "finished", rule: "changed-key" },
  },
];

/** How long the verdicts may take, and how long the demo stays to be looked at, ms. */
const PATIENCE_MS = 150_000;
const STAY_MS = 60 * 60_000;

const once = process.argv.includes("--once");
const children = new Set<ChildProcess>();
let folder: string | undefined;
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(0));

const url = await findServer();
folder = await mkdtemp(join(tmpdir(), "unstuck-demo-"));
await cp(join(import.meta.dirname, "../demo"), join(folder, "code"), { recursive: true });
console.log(`The demo's files: ${folder}`);
const runs = await startAll(folder);
await awaitVerdicts(runs);
if (once) await stop(process.exitCode === 1 ? 1 : 0);
console.log(`\nLook at them: ${url}`);
console.log("The harmed processes stay as they are until you press Ctrl-C; then all are ended.");
setTimeout(() => void stop(0), STAY_MS);

/** The server that answers at the configured address; one of our own where none does. */
async function findServer(): Promise<string> {
  const env = readEnv();
  const address = addressOf(env.HOST, env.PORT);
  if (await answers(address)) {
    console.log(`The server at ${address} takes the events.`);
    return address;
  }
  console.log("No server answers: starting one. It ends with the demo.");
  const server = start(process.execPath, [join(import.meta.dirname, "start.ts")], {}, "inherit");
  let ended = false;
  server.once("exit", () => {
    ended = true;
  });
  while (!(await answers(address))) {
    if (ended) {
      console.error("The server did not start: see above.");
      process.exit(1);
    }
    await sleep(300);
  }
  return address;
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** Starts every story at once, and tells what is done to whom as it is done. */
async function startAll(root: string): Promise<Map<Story, string>> {
  const started = new Map<Story, string>();
  for (const story of STORIES) {
    console.log(`  ${story.name.padEnd(16)} ${story.says}`);
    const code = join(root, story.name, "code");
    await cp(join(root, "code"), code, { recursive: true });
    if (story.expected.rule === "changed-key") {
      await runPipeline(story, root, code, randomUUID(), "1").ended;
      const features = join(code, "steps/features.ts");
      const source = await readFile(features, "utf8");
      await writeFile(features, source.replace('= "standard"', '= "range"'));
      console.log(
        `  ${story.name.padEnd(16)} ran once; the source of features is changed, and it runs again`,
      );
    }
    const runId = randomUUID();
    runPipeline(story, root, code, runId, "2");
    started.set(story, runId);
  }
  return started;
}

function runPipeline(
  story: Story,
  root: string,
  code: string,
  runId: string,
  turn: string,
): { ended: Promise<void> } {
  const pipeline: Pipeline = {
    url,
    runId,
    name: story.name,
    namespace: `demo-${story.name.replace("prices_", "")}`,
    folder: join(root, story.name, `run-${turn}`),
    cacheFolder: join(root, story.name, "cache"),
    ...(story.fault && { fault: story.fault }),
  };
  const runner = start(
    process.execPath,
    [join(code, "runner.ts")],
    { UNSTUCK_DEMO_PIPELINE: JSON.stringify(pipeline) },
    "pipe",
  );
  runner.stdout?.setEncoding("utf8").on("data", (text: string) => {
    for (const line of text.split("\n")) {
      const [, kind, node, pid] = /^fault (\S+) (\S+) (\d+)/.exec(line) ?? [];
      if (kind)
        console.log(`  ${story.name.padEnd(16)} ${kind.replaceAll("-", " ")}: ${node}, process ${pid}`);
    }
  });
  return { ended: new Promise((done) => runner.once("exit", () => done())) };
}

/** Asks the server until each run has the verdict that it should have; then says which did. */
async function awaitVerdicts(started: ReadonlyMap<Story, string>): Promise<void> {
  console.log(
    "\nWaiting for the verdicts: an output must stay unchanged for a minute before its completion is called lost.",
  );
  const began = performance.now();
  const waiting = new Map(started);
  while (waiting.size > 0 && performance.now() - began < PATIENCE_MS) {
    await sleep(1_000);
    for (const [story, runId] of waiting) {
      const given = await ask(runId);
      if (!given || given.state !== story.expected.state || given.rule !== story.expected.rule) continue;
      waiting.delete(story);
      const seconds = Math.round((performance.now() - began) / 1_000);
      console.log(
        `  ${story.name.padEnd(16)} ${given.state.padEnd(9)} ${given.headline}  (after ${seconds} s)`,
      );
    }
  }
  for (const [story, runId] of waiting) {
    const given = await ask(runId);
    console.log(
      `  ${story.name.padEnd(16)} NOT as it should be: ${given?.state} ${given?.rule ?? ""} ${given?.headline ?? ""}`,
    );
    process.exitCode = 1;
  }
}

async function ask(
  runId: string,
): Promise<{ state: string; rule: string | null; headline: string } | undefined> {
  const response = await fetch(`${url}/api/v1/runs/${runId}/diagnosis`);
  if (!response.ok) return undefined;
  const { state, headline, blockers, verdicts } = diagnosisResource.parse(await response.json());
  return { state, headline, rule: blockers[0]?.verdict?.rule ?? verdicts[0]?.rule ?? null };
}

function start(
  command: string,
  args: string[],
  env: Record<string, string>,
  stdout: "inherit" | "pipe",
): ChildProcess {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", stdout, "inherit"],
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

/** Ends every process that the demo started, and removes its files. */
async function stop(code: number): Promise<never> {
  if (!stopping) {
    stopping = true;
    console.log("\nEnding the demo's processes.");
    const ended = [...children].map((child) => new Promise((done) => child.once("exit", done)));
    for (const child of children) child.kill("SIGTERM");
    await Promise.race([Promise.all(ended), sleep(10_000)]);
    if (folder) await rm(folder, { recursive: true, force: true });
    process.exit(code);
  }
  return new Promise(() => {});
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
