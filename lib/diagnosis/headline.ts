import { formatCount, formatDuration, formatQuantity } from "../base/format.ts";
import type { NodeView, RunView } from "../projections/run-view.ts";
import { isSettled } from "../projections/run-view.ts";
import { weight } from "./blockers.ts";
import type { Blocker, RunState } from "./verdict.ts";
import { waitOfNode } from "./wait-facts.ts";
import { code, names } from "./wording.ts";
import type { World } from "./world.ts";

/** The run in one sentence or two. */
export function headlineOf(world: World, state: RunState, blockers: readonly Blocker[]): string {
  if (state === "finished") return finished(world.run);
  const [lead] = blockers;
  if (state === "progressing" && lead?.verdict?.ruleClass === "alive")
    return `${lead.verdict.claim}. ${progressing(world)}`;
  if (state === "waiting" && lead && !lead.verdict) return waiting(world, lead);
  if (!lead?.verdict || state === "progressing") return progressing(world);
  const { verdict } = lead;
  const alike = blockers.filter(
    (b) => b.verdict && weight(b.verdict) >= (weight(verdict) > 4 ? 5 : weight(verdict)),
  );
  const total = world.run.nodes.size;
  const numbers = alike.flatMap((b) => world.graph.indexOf.get(b.nodeKey) ?? []);
  const sameClaim = alike.every((b) => b.verdict?.claim === verdict.claim);
  if (alike.length > 1 && !sameClaim) {
    const held = numbers.length > 0 ? world.held(numbers) : lead.holds;
    const hold =
      held > 0 ? ` hold ${formatCount(held)}` : state === "unknown" ? " cannot be judged" : " are in the way";
    // Of planned steps not every one is judged: then there may be more of the kind.
    const capped = alike.length >= world.policy.judgedPlanned && blockers.some((b) => b.verdict === null);
    const count = `${formatQuantity(alike.length, "node")}${capped ? " or more" : ""}`;
    return `${count}${hold}: ${verdict.claim}.`;
  }
  // A verdict that already says how many wait is not told twice.
  if (lead.holds === 0 || verdict.rule === "failed-upstream") return `${verdict.claim}.`;
  return `${verdict.claim}. It holds ${formatCount(lead.holds)} of ${formatQuantity(total, "node")}.`;
}

/** A wait that is told and that no rule finds long: an approval, a sensor, a queue that it just joined. */
function waiting(world: World, { nodeKey, holds }: Blocker): string {
  const wait = waitOfNode(world, nodeKey);
  if (!wait) return progressing(world);
  const on = wait.on === undefined ? "" : ` (${code(wait.on)})`;
  const held =
    holds > 0 ? ` It holds ${formatCount(holds)} of ${formatQuantity(world.run.nodes.size, "node")}.` : "";
  return `${code(nodeKey)} has waited ${formatDuration(world.now - wait.since)} for its ${wait.kind}${on}.${held}`;
}

function progressing(world: World): string {
  const { run, graph, frontier, now, runStartedAt } = world;
  const nodes = [...run.nodes.values()];
  // What failed and is to be tried again is neither done nor at work.
  const done = nodes.filter((n, i) => isSettled(n.status) && graph.counts[i] !== "retrying").length;
  const lone = run.nodes.get(run.root.key) === run.root;
  const since =
    runStartedAt === undefined ? "Not started yet" : `Running for ${formatDuration(now - runStartedAt)}`;
  if (lone) return `${since}.`;
  const working: string[] = [];
  for (const i of frontier.nodes)
    if (graph.nodes[i]?.status === "running") working.push(graph.nodes[i]?.key ?? "");
  const at = working.length > 0 ? `; at work: ${names(working)}` : "";
  return `${since}; ${formatCount(done)} of ${formatQuantity(nodes.length, "node")} done${at}.`;
}

function finished(run: RunView): string {
  const nodes = [...run.nodes.values()];
  const took =
    run.startedAt === undefined || run.endedAt === undefined
      ? ""
      : formatDuration(Math.max(0, run.endedAt - run.startedAt));
  const failed = nodes.filter((n) => n.status === "failed");
  const reused = nodes.filter((n) => n.status === "reused").length;
  const reuse = reused > 0 ? `; ${formatQuantity(reused, "node")} reused` : "";
  const lone = run.nodes.get(run.root.key) === run.root;
  switch (run.outcome) {
    case "failed":
      return `Failed${took && ` after ${took}`}${reasonOf(lone ? [run.root] : failed, run, lone)}.`;
    case "aborted":
      return `Aborted${took && ` after ${took}`}${lone || failed.length === 0 ? "" : reasonOf(failed, run, lone)}.`;
    default: {
      // Spark closes its application as complete even where jobs of it failed.
      const despite =
        lone || failed.length === 0 ? "" : `, although ${names(failed.map((n) => n.key))} failed`;
      return `Finished${took && ` in ${took}`}${despite}${reuse}.`;
    }
  }
}

function reasonOf(failed: readonly NodeView[], run: RunView, lone: boolean): string {
  const [first] = failed;
  const error = (first?.current?.error ?? run.root.current?.error)?.trim().split("\n")[0]?.slice(0, 160);
  if (!first || lone) return error ? `: ${error}` : "";
  const others = failed.length > 1 ? ` and ${formatCount(failed.length - 1)} more` : "";
  return `: ${code(first.key)}${others} failed${error && first.current?.error ? ` (${error})` : ""}`;
}
