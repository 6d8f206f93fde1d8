"use client";

import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { useSize } from "@/components/graph/use-size";
import { useRunAddress } from "@/components/run/use-run-address";
import { NodeRow } from "@/components/timeline/node-row";
import { timelineOf } from "@/components/timeline/timeline-model";
import { EmptyState } from "@/components/ui/empty-state";
import { useNow } from "@/components/use-now";
import { useTimeZone } from "@/components/use-time-zone";
import { VerdictStrip } from "@/components/verdicts/verdict-strip";
import { formatClock, formatDay, toMillis } from "@/lib/base/format";
import { verdictHistoryQuery } from "@/lib/client/verdict-queries";
import type { RunResource } from "@/lib/contract/runs";
import { ticks, timeScale, toX } from "@/lib/drawing/time-scale";

const ROW = 44;
const AXIS = 38;
/** Below the axis: what was said when. */
const STRIP = 22;

/** Each node's time as a bar, in the order of the work. */
export function TimelineView({ run, selected }: { run: RunResource; selected: string | undefined }) {
  const [{ at }, go] = useRunAddress();
  const zone = useTimeZone();
  const present = useNow(2_000);
  const now = at === undefined ? present : toMillis(at);
  const scroller = useRef<HTMLElement>(null);
  const [size, measure] = useSize();
  const timeline = useMemo(() => timelineOf(run), [run]);
  const changes = useQuery(verdictHistoryQuery(run.summary.id, { at })).data?.changes ?? [];
  const virtual = useVirtualizer({
    count: timeline.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    // Always there, so that nothing jumps when the first verdict comes.
    paddingStart: AXIS + STRIP,
  });
  // The link's node is what one came to see; later choices are already under the pointer.
  const first = useRef(selected);
  useEffect(() => {
    const index = timeline.rows.findIndex((row) => row.node.key === first.current);
    first.current = undefined;
    if (index > 0) virtual.scrollToIndex(index, { align: "center" });
  }, [timeline, virtual]);
  if (timeline.rows.length === 0) {
    return <EmptyState title="No step has been heard of yet">Its bars appear here when it is.</EmptyState>;
  }
  const narrow = (size?.width ?? 900) < 600;
  const names = narrow ? 116 : 176;
  const plot = Math.max(80, (size?.width ?? 900) - names - 24);
  const end = timeline.to ?? now;
  const scale = timeScale(timeline.from, end, plot);
  const axis = ticks(scale, narrow ? 70 : 110, zoneOffset(end, zone));
  return (
    <div
      ref={measure}
      className="relative min-h-0 flex-1 overflow-hidden bg-panel max-lg:h-[420px] max-lg:flex-none"
    >
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label="Timeline of the run"
        className="absolute inset-0 overflow-x-hidden overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div className="relative min-h-full" style={{ height: virtual.getTotalSize() }}>
          <svg
            aria-hidden="true"
            className="pointer-events-none absolute top-0 h-full overflow-visible tabular-nums"
            style={{ left: names }}
            width={plot}
          >
            {axis.at.map((t) => (
              <line
                key={t}
                x1={toX(scale, t)}
                x2={toX(scale, t)}
                y1={AXIS - 4}
                y2="100%"
                stroke="var(--line2)"
              />
            ))}
          </svg>
          <ul aria-label="Nodes, in the order of the work">
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = timeline.rows[index];
              return (
                row && (
                  <li
                    key={row.node.key}
                    aria-setsize={timeline.rows.length}
                    aria-posinset={index + 1}
                    className="absolute inset-x-0"
                    style={{ top: start, height: ROW }}
                  >
                    <NodeRow
                      row={row}
                      scale={scale}
                      names={names}
                      now={end}
                      selected={row.node.key === selected}
                      onSelect={() => go({ node: row.node.key })}
                    />
                  </li>
                )
              );
            })}
          </ul>
          <div
            className="pointer-events-none sticky top-0 z-20 bg-panel/95 tabular-nums"
            style={{ height: AXIS - 4 + STRIP }}
          >
            <div aria-hidden="true">
              {axis.at
                // The label of now has its own place at the right end.
                .filter((t) => plot - toX(scale, t) > 52)
                .map((t) => (
                  <span
                    key={t}
                    className="absolute top-2.5 text-xs text-faint"
                    style={{ left: names + toX(scale, t) }}
                  >
                    {axis.unit === "day" ? formatDay(t, zone) : formatClock(t, zone, axis.unit === "second")}
                  </span>
                ))}
              <span className="absolute top-2.5 text-xs font-semibold" style={{ right: 24 }}>
                {timeline.to === undefined
                  ? at === undefined
                    ? "now"
                    : formatClock(now, zone, true)
                  : "end"}
              </span>
            </div>
            <span className="absolute left-4 text-xs text-faint max-sm:left-3" style={{ top: AXIS - 3 }}>
              Verdict
            </span>
            <div
              className="pointer-events-auto absolute h-5"
              style={{ left: names, width: plot, top: AXIS - 4 }}
            >
              <VerdictStrip changes={changes} scale={scale} until={end} zone={zone} />
            </div>
          </div>
          <div
            aria-hidden="true"
            className="pointer-events-none absolute bottom-0 z-10 w-[1.5px] bg-text"
            style={{ left: names + plot, top: AXIS - 8 }}
          />
        </div>
      </section>
    </div>
  );
}

/** How far east of UTC the reader is, in ms, so that ticks fall on whole hours of theirs. */
function zoneOffset(at: number, zone: string): number {
  const name = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value;
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? "");
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -1 : 1) * minutes * 60_000;
}
