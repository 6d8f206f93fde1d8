/**
 * A process that judges one large run again and again, with nothing else beside it: no server, no database. Its argument is
 * the job as JSON; it says what it found out.
 */
import type { Instant } from "../../lib/base/instant.ts";
import { clockReader } from "../../lib/diagnosis/clock-facts.ts";
import { diagnose } from "../../lib/diagnosis/diagnose.ts";
import { frontierOf } from "../../lib/diagnosis/frontier.ts";
import { gatesOf } from "../../lib/diagnosis/gates.ts";
import { defaultPolicy } from "../../lib/diagnosis/policy.ts";
import { runGraph } from "../../lib/diagnosis/run-graph.ts";
import { runOfShape } from "../events/fold.ts";
import type { Shape } from "../events/shapes.ts";
import type { Spread } from "./load.ts";
import { Durations } from "./spread.ts";

export interface JudgeJob {
  readonly shape: Shape;
  readonly size: number;
  readonly samples: number;
  readonly at: number;
}

export interface JudgeOutcome {
  readonly nodes: number;
  readonly edges: number;
  readonly state: string;
  readonly diagnoseMs: Spread;
  /** CPU that a diagnosis takes on average, all threads: what another program on the machine does not change. */
  readonly cpuMs: number;
  /** The run as a graph with numbers, and its frontier. */
  readonly graphMs: Spread;
  readonly frontierMs: Spread;
}

/** Turns that are not measured: the first ones are compiled as they run. */
const WARM_UP = 3;

const { shape, size, samples, at } = JSON.parse(process.argv[2] ?? "") as JudgeJob;
try {
  console.log(JSON.stringify(judge()));
} catch (error) {
  console.log(JSON.stringify({ broke: String(error) }));
}

function judge(): JudgeOutcome {
  const { run, context } = runOfShape(shape, size, at);
  const now = (at + 3_600_000) as Instant;
  const [whole, graphs, frontiers] = [new Durations(), new Durations(), new Durations()];
  let state = "";
  let cpu = 0;
  for (let turn = -WARM_UP; turn < samples; turn += 1) {
    const used = process.cpuUsage();
    const began = performance.now();
    ({ state } = diagnose(run, context, now));
    const judged = performance.now();
    const { user, system } = process.cpuUsage(used);
    const clockOf = clockReader(run, context, now, defaultPolicy);
    const graph = runGraph(run, clockOf, now, () => defaultPolicy);
    const drawn = performance.now();
    frontierOf(graph, gatesOf(run, graph));
    const ended = performance.now();
    if (turn < 0) continue;
    cpu += (user + system) / 1000;
    whole.add(judged - began);
    graphs.add(ended - judged);
    frontiers.add(ended - drawn);
  }
  return {
    nodes: run.nodes.size,
    edges: run.edges.length,
    state,
    diagnoseMs: whole.spread(),
    cpuMs: cpu / samples,
    graphMs: graphs.spread(),
    frontierMs: frontiers.spread(),
  };
}
