import { formatDurationExact } from "@/lib/base/format";
import type {
  ComparedNode,
  ComparisonResource,
  DifferenceKindName,
  DifferenceResource,
} from "@/lib/contract/comparison";

/** The page that compares a run; without another one with the last good one. */
export function compareHref(runId: string, other?: string): string {
  const path = `/runs/${encodeURIComponent(runId)}/compare`;
  return other === undefined ? path : `${path}?${new URLSearchParams({ with: other })}`;
}

export const KIND_WORDS: Readonly<Record<DifferenceKindName, string>> = {
  code: "Code",
  parameter: "Parameter",
  input: "Input",
  environment: "Environment",
  setting: "Setting",
  structure: "DAG",
  output: "Output",
  upstream: "Upstream",
  other: "Key",
  cache: "Cache",
  outcome: "End",
  attempts: "Attempts",
  duration: "Took",
};

/** One side of a difference as it is read: durations in words, what is not there as a dash. */
export function sideText(difference: DifferenceResource, side: "before" | "now"): string {
  const text = difference[side];
  if (text === null) return "none";
  return difference.kind === "duration" ? formatDurationExact(Number(text)) : text;
}

/** The name of a row; the run itself has none. */
export function nodeName(node: Pick<ComparedNode, "key">): string {
  return node.key === "" ? "The run itself" : node.key;
}

export interface ShownNodes {
  readonly nodes: readonly ComparedNode[];
  /** How many nodes are alike, whether or not they are shown. */
  readonly alike: number;
}

/** The rows of a comparison: all, or those that differ in anything. */
export function shownNodes(
  { nodes }: Pick<ComparisonResource, "nodes">,
  onlyDifferences: boolean,
): ShownNodes {
  const differing = nodes.filter((node) => node.differences.length > 0);
  return { nodes: onlyDifferences ? differing : nodes, alike: nodes.length - differing.length };
}

/** How many nodes differ in each kind, the most important first. */
export function kindCounts({ nodes }: Pick<ComparisonResource, "nodes">): [DifferenceKindName, number][] {
  const counts = new Map<DifferenceKindName, number>();
  for (const { differences } of nodes) {
    for (const kind of new Set(differences.map((d) => d.kind))) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const order = Object.keys(KIND_WORDS);
  return [...counts].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}
