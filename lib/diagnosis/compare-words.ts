import { formatCount, formatDuration } from "../base/format.ts";
import type { RunView } from "../projections/run-view.ts";
import { type Difference, type DifferenceKind, type NodeComparison, RUN_ITSELF } from "./compare-nodes.ts";
import { code } from "./wording.ts";

interface Compared {
  readonly differences: readonly Difference[];
  readonly nodes: readonly NodeComparison[];
  /** How many facts of what the runs were made of were told of both. */
  readonly comparable: number;
  readonly now: RunView;
}

/** What follows from others, or is what one wants to have explained. */
const FOLLOWS: readonly DifferenceKind[] = ["cache", "outcome", "attempts", "duration"];

/** The first difference that matters, and where the time went. */
export function compareWords({ differences, nodes, comparable, now }: Compared): string {
  const first = differences[0];
  const slower = slowest(nodes);
  const explains = first && !FOLLOWS.includes(first.kind);
  const sentences = [
    ...(explains ? [] : [nothingElse(comparable, differences.length)]),
    ...(first ? [firstWords(first, differences)] : []),
    ...(slower && first && !(first.kind === "duration" && first.nodeKey !== RUN_ITSELF)
      ? [slowerWords(slower, now)]
      : []),
  ];
  return sentences.join(" ");
}

function nothingElse(comparable: number, differences: number): string {
  if (comparable === 0)
    return "Nothing was told of code, parameters, inputs or environment that could be compared.";
  return differences === 0
    ? "Nothing that was told of these runs differs."
    : "Code, parameters, inputs and environment are the same, as far as they were told.";
}

function firstWords(first: Difference, all: readonly Difference[]): string {
  const nodes = new Set(all.filter((d) => d.kind === first.kind).map((d) => d.nodeKey));
  nodes.delete(first.nodeKey);
  const others =
    nodes.size === 0
      ? ""
      : ` The same kind of change is in ${formatCount(nodes.size)} other ${nodes.size === 1 ? "node" : "nodes"}.`;
  return `${sentence(first)}${others}`;
}

/** `The code of `features` changed: `version` was `1f0c`, now it is `2a1d`.` */
function sentence({ kind, nodeKey, name, before, now }: Difference): string {
  const node = nodeKey === RUN_ITSELF ? "the run itself" : code(nodeKey);
  const Node = nodeKey === RUN_ITSELF ? "The run itself" : code(nodeKey);
  switch (kind) {
    case "structure":
      if (name !== "node")
        return now === null
          ? `${Node} no longer comes after ${code(before ?? "")}.`
          : `${Node} comes after ${code(now)}, which it did not before.`;
      return now === null ? `${Node} is gone from the DAG.` : `${Node} is new in the DAG.`;
    case "input":
      if (before === null) return `${Node} reads ${code(name)}, which it did not before.`;
      if (now === null) return `${Node} no longer reads ${code(name)}.`;
      return `An input of ${node} changed: ${change(name, before, now)}.`;
    case "cache":
      return `The cache decided otherwise on ${node}: ${code(before ?? "")} before, ${code(now ?? "")} now.`;
    case "outcome":
      return `${Node} ended as ${now}, and before as ${before}.`;
    case "attempts":
      return `${Node} took ${now} ${now === "1" ? "attempt" : "attempts"}, and before ${before}.`;
    case "duration":
      return `${Node} took ${formatDuration(Number(now))}, and before ${formatDuration(Number(before))}.`;
    case "parameter":
    case "code":
    case "environment":
    case "setting":
    case "output":
    case "upstream":
    case "other":
      return `The ${NOUNS[kind]} of ${node} changed: ${change(name, before, now)}.`;
  }
}

const NOUNS = {
  parameter: "parameters",
  code: "code",
  environment: "environment",
  setting: "settings",
  output: "outputs",
  upstream: "upstream",
  other: "key",
} as const;

function change(name: string, before: string | null, now: string | null): string {
  if (before === null) return `${code(name)} is new, ${code(short(now ?? ""))}`;
  if (now === null) return `${code(name)} is gone, it was ${code(short(before))}`;
  return `${code(name)} was ${code(short(before))}, now it is ${code(short(now))}`;
}

/** A digest is told apart by its beginning; a value may be a page long. */
function short(text: string): string {
  return text.length > 48 ? `${text.slice(0, 45)}…` : text;
}

/** The step that takes the most longer than before; the run itself is not one. */
function slowest(nodes: readonly NodeComparison[]): NodeComparison | undefined {
  let found: { node: NodeComparison; more: number } | undefined;
  for (const node of nodes) {
    const duration = node.differences.find((d) => d.kind === "duration");
    if (!duration || node.key === RUN_ITSELF) continue;
    const more = Number(duration.now) - Number(duration.before);
    if (more > (found?.more ?? 0)) found = { node, more };
  }
  return found?.node;
}

function slowerWords({ key, before, now }: NodeComparison, run: RunView): string {
  const [was, is] = [formatDuration(before?.tookMs ?? 0), formatDuration(now?.tookMs ?? 0)];
  const isOpen = now?.open === true && run.endedAt === undefined;
  return isOpen
    ? `The longest delay is at ${code(key)}: ${is} so far, and ${was} before.`
    : `The longest delay was at ${code(key)}: ${is}, and ${was} before.`;
}
