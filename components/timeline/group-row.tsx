import { ChevronRight } from "lucide-react";
import { isSettled, nodeState } from "@/components/graph/node-look";
import { Bar } from "@/components/timeline/bar";
import { RowName } from "@/components/timeline/row-name";
import type { NodeTime } from "@/components/timeline/timeline-model";
import { cx } from "@/components/ui/cx";
import { formatCount, formatQuantity } from "@/lib/base/format";
import type { TimeScale } from "@/lib/drawing/time-scale";

export interface GroupRowProps {
  label: string;
  size: number;
  open: boolean;
  depth: number;
  /** What is folded into it. */
  folded: readonly NodeTime[];
  scale: TimeScale;
  names: number;
  now: number;
  id: string;
  onTurn: (id: string) => void;
}

/** Many nodes in one row: from the first start to the last end, and how many are done. */
export function GroupRow({ label, size, open, depth, folded, scale, names, now, id, onTurn }: GroupRowProps) {
  const sum = summed(folded, now);
  const words = [
    `${formatCount(sum.done)} of ${formatCount(folded.length)} done`,
    ...(sum.failed > 0 ? [`${formatCount(sum.failed)} failed`] : []),
    ...(sum.running > 0 ? [`${formatCount(sum.running)} running`] : []),
  ].join(", ");
  const colour = sum.failed > 0 ? "bg-stuck/30" : sum.done === folded.length ? "bg-ok/30" : "bg-run/30";
  return (
    <button
      type="button"
      aria-expanded={open}
      data-key={id}
      onClick={() => onTurn(id)}
      className="relative block size-full select-none overflow-hidden border-b border-line2 text-left hover:bg-line2/50 focus-visible:-outline-offset-2"
    >
      <RowName width={names} depth={depth}>
        <ChevronRight
          aria-hidden="true"
          size={15}
          className={cx("flex-none text-faint", open && "rotate-90")}
        />
        <span className="mono min-w-0 truncate text-sm font-semibold">{label}</span>
        <span className="text-xs text-faint tabular-nums" title={formatQuantity(size, "node")}>
          {formatCount(size)}
        </span>
      </RowName>
      {!open && <span className="sr-only">{words}</span>}
      {!open && sum.from !== undefined && (
        <span
          aria-hidden="true"
          className="absolute inset-y-0 overflow-hidden"
          style={{ left: names, width: scale.width }}
        >
          <Bar scale={scale} from={sum.from} to={sum.to} className={cx("overflow-hidden px-1.5", colour)}>
            <span className="truncate text-xs leading-[14px] text-text tabular-nums">{words}</span>
          </Bar>
        </span>
      )}
    </button>
  );
}

function summed(folded: readonly NodeTime[], now: number) {
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
  return { done, failed, running, from, to };
}
