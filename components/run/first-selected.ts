import type { RunResource } from "@/lib/contract/runs";

/** Whether the run has a node of this key; its root counts, though it is drawn only where it is alone. */
export function hasNode(run: Pick<RunResource, "nodes" | "rootKey">, key: string): boolean {
  return key === run.rootKey || run.nodes.some((node) => node.key === key);
}

/** The node whose panel is open: the one asked for, else what the link's run id meant, else what holds most. */
export function firstSelected(run: RunResource, asked: string | undefined): string | undefined {
  if (asked !== undefined && hasNode(run, asked)) return asked;
  return run.selectedKey ?? run.diagnosis.blockers[0]?.nodeKey;
}
