import { isSettled, nodeState } from "@/components/graph/node-look";
import type { NodeTime } from "@/components/timeline/timeline-model";
import { formatCount } from "@/lib/base/format";

/** Many nodes in one row. */
export interface GroupSum {
  readonly size: number;
  readonly done: number;
  readonly failed: number;
  readonly running: number;
  /** From the first start to the last end, or now. */
  readonly from: number | undefined;
  readonly to: number;
}

export function sumOf(folded: readonly NodeTime[], now: number): GroupSum {
  let [done, failed, running] = [0, 0, 0];
  let from: number | undefined;
  let to = 0;
  for (const { node, startedAt, endedAt } of folded) {
    if (nodeState(node) === "failed") failed += 1;
    else if (isSettled(node.status)) done += 1;
    else if (node.status === "running") running += 1;
    if (startedAt === undefined) continue;
    from = Math.min(from ?? startedAt, startedAt);
    to = Math.max(to, endedAt ?? now);
  }
  return { size: folded.length, done, failed, running, from, to };
}

export function sumWords({ size, done, failed, running }: GroupSum): string {
  return [
    `${formatCount(done)} of ${formatCount(size)} done`,
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(running > 0 ? [`${formatCount(running)} running`] : []),
  ].join(", ");
}
