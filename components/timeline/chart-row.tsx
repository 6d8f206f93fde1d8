import { FoldButton } from "@/components/timeline/fold-button";
import { GroupRow } from "@/components/timeline/group-row";
import { NodeRow } from "@/components/timeline/node-row";
import type { NodeTime, Timeline } from "@/components/timeline/timeline-model";
import type { TimelineAttempt } from "@/lib/contract/timeline";
import type { FoldedRow } from "@/lib/drawing/fold-groups";
import type { TimeScale } from "@/lib/drawing/time-scale";
import type { Stretch } from "@/lib/drawing/worst-over-time";

export interface ChartRowProps {
  row: FoldedRow;
  timeline: Timeline;
  attempts: readonly TimelineAttempt[];
  said: readonly Stretch[] | undefined;
  scale: TimeScale;
  zone: string;
  names: number;
  now: number;
  selected: boolean;
  critical: boolean;
  onSelect: (key: string) => void;
  onTurn: (id: string) => void;
}

const NOTHING_SAID: readonly Stretch[] = [];

/** A node, or a group of them that is no node itself. */
export function ChartRow({ row, timeline, attempts, said = NOTHING_SAID, ...props }: ChartRowProps) {
  const { scale, zone, names, now, selected, critical, onSelect, onTurn } = props;
  const { id, group, size, open, depth } = row;
  const time = timeline.times.get(id);
  if (!time) {
    const folded = row.folded
      .map((key) => timeline.times.get(key))
      .filter((folded): folded is NodeTime => folded !== undefined);
    return <GroupRow {...{ id, size, open, depth, folded, scale, names, now, onTurn }} label={group ?? id} />;
  }
  return (
    <>
      <NodeRow {...{ time, attempts, said, scale, zone, names, depth, now, selected, critical, onSelect }} />
      {size > 0 && (
        <FoldButton label={time.node.label} {...{ size, open, names }} onTurn={() => onTurn(id)} />
      )}
    </>
  );
}
