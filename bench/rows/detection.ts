/** How long after a process dies the answer says so: real processes, real beats, real SIGKILLs. */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { diagnosisResource } from "../../lib/contract/diagnosis.ts";
import { runList } from "../../lib/contract/runs.ts";
import { defaultPolicy } from "../../lib/diagnosis/policy.ts";
import type { StepJob } from "../load/step.ts";
import type { Row } from "../row.ts";
import type { Sizes } from "../sizes.ts";
import type { Server, Stage } from "../stage.ts";

const INTERVAL = 10;
const LOOK_EVERY = 250;
/** How long an answer may be waited for, ms. */
const PATIENCE = 240_000;
const DEAD_GOAL = 35;
const LOST_GOAL = 60;

interface Seen {
  /** Seconds until the run's own answer says so, and until the list does: from the death, or from the last write. */
  readonly asked: number;
  readonly listed: number;
}

export async function detectionRows(stage: Stage, sizes: Sizes): Promise<Row[]> {
  const database = await stage.database();
  const server = await stage.productServer(database);
  const folder = await mkdtemp(join(tmpdir(), "unstuck-bench-outputs-"));
  // Spread over the interval: one that dies right after a beat is missed last.
  const moments = Array.from({ length: sizes.killed }, (_, i) => ((i + 0.5) / sizes.killed) * INTERVAL);
  try {
    const [silent, lost] = await Promise.all([
      Promise.all(moments.map((moment) => dieSilently(stage, server, moment))),
      Promise.all(moments.map((_, i) => dieAfterOutput(stage, server, join(folder, `output-${i}`)))),
    ]);
    await server.end();
    return [...silentRows(silent), ...lostRows(lost)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function silentRows(seen: readonly Seen[]): Row[] {
  const goal = { of: "measured", is: "at most", limit: DEAD_GOAL } as const;
  return [
    {
      group: "detection",
      what: `SIGKILL to "silent-heartbeat", a beat every ${INTERVAL} s: longest`,
      measured: { value: Math.max(...seen.map((s) => s.asked)), unit: "s" },
      reference: { value: theory(), unit: "s", what: "the policy's longest silence" },
      goal,
      notes: [
        `${seen.length} processes, killed at moments spread over the interval; ` +
          `each: ${list(seen.map((s) => s.asked))} s; looked at every ${LOOK_EVERY} ms`,
      ],
    },
    {
      group: "detection",
      what: "the same in the list of runs, which is kept by background work: longest",
      measured: { value: Math.max(...seen.map((s) => s.listed)), unit: "s" },
      goal,
    },
  ];
}

function lostRows(seen: readonly Seen[]): Row[] {
  const stable = defaultPolicy.outputStableMs / 1000;
  const goal = { of: "measured", is: "at most", limit: LOST_GOAL } as const;
  const after = (seconds: number) => ({ value: Math.max(0, seconds - stable), unit: "s" });
  return [
    {
      group: "detection",
      what: 'outputs stable to "lost-completion": longest',
      measured: after(Math.max(...seen.map((s) => s.asked))),
      goal,
      notes: [
        `${seen.length} processes, killed right after their output was told; outputs count as stable when nothing has changed ` +
          `them for ${stable} s; from the last write: ${list(seen.map((s) => s.asked))} s`,
      ],
    },
    {
      group: "detection",
      what: "the same in the list of runs: longest",
      measured: after(Math.max(...seen.map((s) => s.listed))),
      goal,
    },
  ];
}

/** Kills a step so many seconds after a beat. */
async function dieSilently(stage: Stage, server: Server, moment: number): Promise<Seen> {
  const job = stepJob(server);
  const child = stage.child("bench/load/step.ts", { args: [JSON.stringify(job)] });
  for (let beats = 0; beats < 2; beats += 1) await child.line();
  await sleep(moment * 1000);
  child.kill("SIGKILL");
  return until(server, job.root.runId, "silent-heartbeat", Date.now());
}

async function dieAfterOutput(stage: Stage, server: Server, output: string): Promise<Seen> {
  const job = { ...stepJob(server), output };
  const child = stage.child("bench/load/step.ts", { args: [JSON.stringify(job)] });
  let written: string | undefined;
  while (written === undefined) written = /^written (\d+)/.exec(await child.line())?.[1];
  child.kill("SIGKILL");
  return until(server, job.root.runId, "lost-completion", Number(written));
}

function stepJob({ url }: Server): StepJob {
  const runId = randomUUID();
  const root = { runId, job: { namespace: `detection-${runId}`, name: `detection_${runId}` } };
  return { url, root, runId: randomUUID(), interval: INTERVAL };
}

/** Asks until both answers call the run stuck for this reason, and gives how long after an instant, ms, they did. */
async function until(server: Server, runId: string, rule: string, since: number): Promise<Seen> {
  let [asked, listed]: (number | undefined)[] = [];
  for (;;) {
    const seconds = (Date.now() - since) / 1000;
    asked ??= (await isStuck(server, runId, rule)) ? seconds : undefined;
    listed ??= (await isListed(server, runId, rule)) ? seconds : undefined;
    if (asked !== undefined && listed !== undefined) return { asked, listed };
    if (seconds * 1000 > PATIENCE) throw new Error(`The run ${runId} was never called ${rule}.`);
    await sleep(LOOK_EVERY);
  }
}

async function isStuck({ url }: Server, runId: string, rule: string): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/runs/${runId}/diagnosis`);
  const { state, blockers } = diagnosisResource.parse(await response.json());
  return state === "stuck" && blockers[0]?.verdict?.rule === rule;
}

async function isListed({ url }: Server, runId: string, rule: string): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/runs?state=stuck&pipeline=detection_${runId}`);
  const { runs } = runList.parse(await response.json());
  return runs.some((run) => run.id === runId && run.rule === rule);
}

/** After so many seconds of silence the policy calls an attempt dead, s. */
function theory(): number {
  return defaultPolicy.deadAfterIntervals * INTERVAL + defaultPolicy.beatSlackMs / 1000;
}

function list(seconds: readonly number[]): string {
  return seconds.map((s) => s.toFixed(1)).join(", ");
}
