/**
 * The process that sends a load, so that neither its work nor its pauses are the server's. It gets its load as JSON in its
 * argument, says `ready` when its bodies are made, begins at the first line of its input, and says what came of it.
 */
import { once } from "node:events";
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { type Body, isLate, makeBodies } from "./bodies.ts";
import type { Load, Outcome, Pace } from "./load.ts";
import { Durations } from "./spread.ts";

/** What an open pace may have under way at once: far more than it needs, and no more than a machine has ports for. */
const MOST_UNDER_WAY = 1_000;

const { url, bodies, pace } = JSON.parse(process.argv[2] ?? "") as Load;
const source = isLate(bodies) ? makeBodies(bodies) : [...makeBodies(bodies)].values();
const input = createInterface(process.stdin);
console.log("ready");
await once(input, "line");
console.log(JSON.stringify(await send(pace)));
process.exit(0);

async function send(how: Pace): Promise<Outcome> {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: how.kind === "closed" ? how.connections : MOST_UNDER_WAY,
  });
  const durations = new Durations();
  const sum = { taken: 0, refused: 0, bytes: 0 };
  let complaint: string | undefined;
  const one = async (body: Body, meantAt: number): Promise<void> => {
    const { status, text } = await post(agent, body);
    durations.add(performance.now() - meantAt);
    if (status >= 200 && status < 300) {
      sum.taken += body.items;
      sum.bytes += body.bytes.length;
    } else {
      sum.refused += body.items;
      complaint ??= `${status} ${text.slice(0, 300)}`;
    }
  };
  const cpu = process.cpuUsage();
  const began = performance.now();
  if (how.kind === "closed") await closed(how.connections, one);
  else await steady(how.perSecond, one);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  agent.destroy();
  return {
    ...sum,
    seconds,
    latencyMs: durations.spread(),
    cpuSeconds: (user + system) / 1e6,
    ...(complaint !== undefined && { complaint }),
  };
}

type SendOne = (body: Body, meantAt: number) => Promise<void>;

async function closed(connections: number, one: SendOne): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let next = source.next(); !next.done; next = source.next()) await one(next.value, performance.now());
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

/** Each body has its instant, and its latency counts from it: a server that stalls is not given the time for nothing. */
async function steady(perSecond: number, one: SendOne): Promise<void> {
  const began = performance.now();
  const underWay: Promise<void>[] = [];
  let sent = 0;
  for (let next = source.next(); !next.done; next = source.next()) {
    const meantAt = began + (sent * 1000) / perSecond;
    const early = meantAt - performance.now();
    if (early > 0) await sleep(Math.ceil(early));
    underWay.push(one(next.value, meantAt));
    sent += 1;
  }
  await Promise.all(underWay);
}

/** Posts a body. A connection that broke counts as status 0. */
function post(agent: Agent, { bytes, type }: Body): Promise<{ status: number; text: string }> {
  return new Promise((done) => {
    const failed = (error: Error) => done({ status: 0, text: error.message });
    const headers = { "Content-Type": type, "Content-Length": bytes.length };
    const posted = request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("error", failed).on("end", () => done({ status: response.statusCode ?? 0, text }));
    });
    posted.on("error", failed).end(bytes);
  });
}
