/** One server of the comparison: how it takes a load, and what it says in the end. */
import { randomUUID } from "node:crypto";
import { eventStream } from "./events/stream.ts";
import type { Outcome } from "./load/load.ts";
import { type Scenario, scenarios, type Truth } from "./marquez-scenarios.ts";
import { type Ask, faults } from "./marquez-states.ts";
import type { Cores, Server, Stage } from "./stage.ts";

export interface Side {
  readonly name: string;
  readonly ask: Ask;
  start(): Promise<Server>;
  /** Statements that its database has executed so far. */
  statements(): Promise<number>;
}

export interface Workload {
  readonly connections: number;
  readonly warmUp: number;
  readonly events: number;
  /** When the runs of the load began, ms. */
  readonly at: number;
}

export interface SideResult {
  readonly name: string;
  readonly sent: Outcome & { readonly cores: Cores };
  readonly statementsPerEvent: number;
  readonly scenarios: readonly ScenarioResult[];
  /** Of the attempts of the load that had ended: how many were looked at, and how many were as they should be. */
  readonly afterLoad: { readonly asked: number; readonly right: number; readonly firstFault?: string };
}

export interface ScenarioResult {
  readonly name: string;
  readonly arrives: string;
  readonly words: string;
  readonly faults: readonly string[];
}

/** Runs apart in number, so that what warms up is not sent again. */
const APART = 1_000_000;
/** Attempts that are asked for after the load. */
const ASKED = 200;

/** Warms the server up, sends the load, asks what became of it, and plays the scenarios. One server runs at a time. */
export async function measureSide(side: Side, stage: Stage, load: Workload): Promise<SideResult> {
  const server = await side.start();
  try {
    const url = `${server.url}/api/v1/lineage`;
    const pace = { kind: "closed", connections: load.connections } as const;
    const bodies = (firstRun: number, count: number) =>
      ({ kind: "events", firstRun, count, at: load.at }) as const;
    await stage.send({ url, pace, bodies: bodies(APART, load.warmUp) }, server);
    const before = await side.statements();
    const sent = await stage.send({ url, pace, bodies: bodies(0, load.events) }, server);
    const statements = (await side.statements()) - before;
    const played: ScenarioResult[] = [];
    for (const scenario of scenarios(Date.now(), randomUUID))
      played.push(await play(scenario, side.ask, server.url));
    return {
      name: side.name,
      sent,
      statementsPerEvent: statements / load.events,
      scenarios: played,
      afterLoad: await lookBack(side.ask, server.url, load),
    };
  } finally {
    await server.end();
  }
}

async function play(scenario: Scenario, ask: Ask, url: string): Promise<ScenarioResult> {
  const refusals: string[] = [];
  for (const message of scenario.messages) {
    const response = await fetch(`${url}/api/v1/lineage`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
    });
    await response.arrayBuffer();
    if (!response.ok) refusals.push(`${response.status} for ${message["eventType"]}`);
  }
  const answers = await Promise.all(
    scenario.truth.map(async (truth) => ({
      truth,
      answer: await ask(url, truth.runId, scenario.stuckAfter ?? 0),
    })),
  );
  return {
    name: scenario.name,
    arrives: scenario.arrives,
    words: answers.map(({ answer }) => answer.words).join(", "),
    faults: [
      ...refusals,
      ...answers.flatMap(({ truth, answer }) => faults(truth, answer, scenario.stuckAfter !== undefined)),
    ],
  };
}

async function lookBack(ask: Ask, url: string, load: Workload): Promise<SideResult["afterLoad"]> {
  let right = 0;
  let firstFault: string | undefined;
  const asked = endedAttempts(load).slice(0, ASKED);
  for (const truth of asked) {
    const answer = await ask(url, truth.runId, 0);
    const [fault] = faults(truth, answer, false);
    if (fault === undefined) right += 1;
    else firstFault ??= `${truth.runId}: ${answer.words}, ${fault}`;
  }
  return { asked: asked.length, right, ...(firstFault !== undefined && { firstFault }) };
}

/** The attempts of the load whose START and end were both in it. */
function endedAttempts(load: Workload): Truth[] {
  const started = new Map<string, number>();
  const ended: Truth[] = [];
  for (const event of eventStream(0, load.events, load.at)) {
    const { runId } = event["run"] as { runId: string };
    const at = Date.parse(String(event["eventTime"]));
    const type = event["eventType"];
    if (type === "START") started.set(runId, at);
    const startedAt = started.get(runId);
    if (startedAt !== undefined && (type === "COMPLETE" || type === "FAIL"))
      ended.push({ runId, state: type === "FAIL" ? "FAILED" : "COMPLETED", startedAt, endedAt: at });
  }
  return ended;
}
