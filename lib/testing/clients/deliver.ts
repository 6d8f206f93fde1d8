import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageList, nodeDetail } from "../../contract/nodes.ts";
import { type RunResource, runResource } from "../../contract/runs.ts";
import { outcomeOf } from "../machine-program.ts";
import { tapWire, type WireTap } from "../wire-tap.ts";
import type { InstalledClient } from "./installed.ts";

/** What a program sends: the job, START, RUNNING, COMPLETE, and the dataset. */
const MESSAGES = 5;
const RUN_MESSAGES = 3;
const MINUTE = 60_000;

/**
 * Sends a run through the client to the server, and reads it back. Gives what is not as it should be, one sentence
 * each: of what the client said, of what went over the wire, and of what the server made of it.
 */
export async function deliver(
  client: InstalledClient,
  server: { address: string; key: string; now: number },
): Promise<string[]> {
  const runId = randomUUID();
  const job = `sent_by_${client.name.toLowerCase().replaceAll(/[^a-z\d]+/g, "_")}`;
  const at = { started: 10 * MINUTE, alive: 5 * MINUTE, ended: MINUTE };
  const [started, alive, ended] = Object.values(at).map((ago) => new Date(server.now - ago).toISOString());
  const times = { started: started ?? "", alive: alive ?? "", ended: ended ?? "" };
  const wire = await tapWire(server.address);
  const folder = await mkdtemp(join(tmpdir(), "unstuck-client-"));
  try {
    const config = join(folder, "openlineage.yml");
    // JSON is YAML, and both clients read the same words.
    const transport = client.transport({ url: wire.address, key: server.key });
    await writeFile(config, JSON.stringify({ transport }, undefined, 2));
    const [program, ...args] = client.command;
    const { code, output, errors } = await outcomeOf(
      program,
      [...args, runId, job, times.started, times.alive, times.ended],
      { purpose: "send events", cwd: folder, env: { ...untold(), OPENLINEAGE_CONFIG: config } },
    );
    const said = `${output}${errors}`.trim();
    return [
      ...(code === 0 ? [] : [`The client ended with code ${code}.`]),
      ...(said === "" ? [] : [`The client complained:\n${said}`]),
      ...wireComplaints(wire, server.key),
      ...(await runComplaints(server.address, runId, job, times)),
    ];
  } finally {
    await wire.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes away what the environment would tell a client or its runtime, and the way round by a proxy. */
function untold(): Record<string, string | undefined> {
  const told = Object.keys(process.env).filter((name) => /^(OPENLINEAGE|JAVA_TOOL_OPTIONS$)/.test(name));
  return {
    ...Object.fromEntries(told.map((name) => [name, undefined])),
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
  };
}

function wireComplaints(wire: WireTap, key: string): string[] {
  const requests = wire.requests();
  const answers = wire.answers();
  const every = (what: string, holds: (headers: Readonly<Record<string, string>>) => boolean) =>
    requests.every(({ headers }) => holds(headers)) ? [] : [`Not every request ${what}.`];
  return [
    ...(requests.length === MESSAGES && requests.every(({ method }) => method === "POST")
      ? []
      : [
          `It made ${requests.length} requests and not ${MESSAGES} POSTs: it sent something again, or nothing.`,
        ]),
    ...(answers.length === MESSAGES && answers.every((status) => status === 201)
      ? []
      : [`The answers were ${answers.join(", ") || "none"}, and not ${MESSAGES} times 201.`]),
    ...every("was compressed with gzip", (headers) => headers["content-encoding"] === "gzip"),
    ...every("had the key", (headers) => headers["authorization"] === `Bearer ${key}`),
  ];
}

async function runComplaints(
  address: string,
  runId: string,
  job: string,
  times: { started: string; alive: string; ended: string },
): Promise<string[]> {
  const read = async (path: string): Promise<unknown> => {
    const response = await fetch(`${address}/api/v1/runs/${runId}${path}`);
    const body = await response.text();
    if (response.ok) return JSON.parse(body);
    throw new Error(`The server answered ${response.status} for ${response.url}: ${body.slice(0, 300)}`);
  };
  let run: RunResource;
  try {
    run = runResource.parse(await read(""));
  } catch (error) {
    return [`The run cannot be read back. ${error instanceof Error ? error.message : error}`];
  }
  const node = nodeDetail.parse(await read(`/nodes?key=${encodeURIComponent(run.rootKey)}`));
  const { messages } = messageList.parse(await read("/events"));
  const [attempt] = node.attempts;
  const output = attempt?.outputs[0];
  const wanted: readonly [what: string, found: unknown, wanted: unknown][] = [
    ["pipeline", run.summary.pipeline, job],
    ["state", run.summary.state, "finished"],
    ["outcome", run.summary.outcome, "completed"],
    ["start", run.summary.startedAt, times.started],
    ["end", run.summary.endedAt, times.ended],
    ["last sign of life by RUNNING", attempt?.life.lastBeatAt, times.alive],
    ["count of beats", attempt?.life.beats, 1],
    ["output", output?.name, `/${job}`],
    ["state of the output", output?.state, "written"],
    ["rows of the output", output?.rows, 7],
    ["count of messages of the run", messages.length, RUN_MESSAGES],
    ["notes on what was not understood", run.ingestNotes, []],
  ];
  return wanted
    .map(([what, found, want]) => [what, JSON.stringify(found), JSON.stringify(want)] as const)
    .filter(([, found, want]) => found !== want)
    .map(([what, found, want]) => `The ${what} is ${found} and not ${want}.`);
}
