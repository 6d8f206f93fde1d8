"use client";

import { useMemo } from "react";
import { useSize } from "@/components/graph/use-size";
import { useNow } from "@/components/use-now";
import { useTimeZone } from "@/components/use-time-zone";
import { formatClock, formatDay, formatDuration, formatQuantity, toMillis } from "@/lib/base/format";
import type { AttemptResource } from "@/lib/contract/nodes";
import { ticks, timeScale, toX } from "@/lib/drawing/time-scale";

const HEIGHT = 96;
const BEATS = { top: 34, bottom: 54 };
/** Ticks nearer than this to one another are one blot. */
const APART = 2.6;

/** From the attempt's start to its end or now: beats as ticks, silence as a red line, outputs as diamonds. */
export function LifeLine({ attempt }: { attempt: AttemptResource }) {
  const [size, measure] = useSize();
  const zone = useTimeZone();
  const open = attempt.endedAt === null && attempt.status !== "superseded";
  const present = useNow(5_000);
  const from = attempt.startedAt ?? attempt.life.firstBeatAt ?? attempt.lastHeardAt;
  const to = attempt.endedAt ?? (open ? present : attempt.lastHeardAt);
  const width = size?.width ?? 404;
  const { ticks: beats, gaps } = attempt.life;
  const scale = useMemo(
    () => (from === null || to === null ? undefined : timeScale(toMillis(from), toMillis(to), width - 2)),
    [from, to, width],
  );
  const path = useMemo(() => {
    if (!scale) return "";
    let d = "";
    let last = Number.NEGATIVE_INFINITY;
    for (const beat of beats) {
      const x = toX(scale, toMillis(beat));
      if (x - last < APART || x < 0) continue;
      last = x;
      d += `M${x.toFixed(1)} ${BEATS.top}V${BEATS.bottom}`;
    }
    return d;
  }, [scale, beats]);
  if (!scale) return null;
  const x = (at: string) => Math.max(0, Math.min(width - 2, toX(scale, toMillis(at))));
  const axis = ticks(scale, 74);
  const written = attempt.outputs.flatMap((o) => (o.writtenAt ? [{ at: o.writtenAt, name: o.name }] : []));
  const said = [
    formatQuantity(attempt.life.beats, "beat"),
    ...gaps.map((g) => `silent for ${formatDuration(toMillis(g.to ?? present) - toMillis(g.from))}`),
    `${formatQuantity(written.length, "output")} written`,
  ].join(", ");
  return (
    <div ref={measure}>
      <svg
        role="img"
        aria-label={`Life line: ${said}`}
        width={width}
        height={HEIGHT}
        className="block overflow-visible tabular-nums"
        fill="none"
      >
        {axis.at.map((at) => (
          <g key={at}>
            <line x1={toX(scale, at)} x2={toX(scale, at)} y1={BEATS.top - 6} y2={70} stroke="var(--line2)" />
            <text
              x={toX(scale, at)}
              y={86}
              fontSize="10.5"
              fill="var(--faint)"
              textAnchor={anchorAt(toX(scale, at), width)}
            >
              {axis.unit === "day" ? formatDay(at, zone) : formatClock(at, zone, axis.unit === "second")}
            </text>
          </g>
        ))}
        <line x1="0" x2={width - 2} y1="62" y2="62" stroke="var(--line)" />
        <path d={path} stroke="var(--beat)" strokeWidth="1.5" strokeLinecap="round" />
        {gaps.map((gap) => {
          const x1 = x(gap.from);
          const x2 = gap.to === null ? width - 2 : x(gap.to);
          const long = formatDuration(toMillis(gap.to ?? present) - toMillis(gap.from));
          return (
            <g key={gap.from}>
              <line x1={x1} x2={x2} y1="44" y2="44" stroke="var(--stuck)" strokeWidth="1.4" />
              {x2 - x1 > 44 && (
                <text
                  x={(x1 + x2) / 2}
                  y="38"
                  fontSize="10.5"
                  fontWeight="600"
                  fill="var(--stuck)"
                  textAnchor="middle"
                >
                  {long}
                </text>
              )}
            </g>
          );
        })}
        {attempt.startedAt && <path d={`M${x(attempt.startedAt)} 57l7 5-7 5z`} fill="var(--muted)" />}
        {written.map(({ at, name }) => (
          <path
            key={name}
            d={`M${x(at)} 12l6 6-6 6-6-6z`}
            fill="var(--ok)"
            stroke="var(--panel)"
            strokeWidth="1"
          >
            <title>{`${name} written ${formatClock(at, zone, true)}`}</title>
          </path>
        ))}
        {attempt.endedAt && (
          <line
            x1={x(attempt.endedAt)}
            x2={x(attempt.endedAt)}
            y1="28"
            y2="68"
            stroke="var(--ok)"
            strokeWidth="1.8"
          />
        )}
        {open && (
          <>
            <line x1={width - 2} x2={width - 2} y1="8" y2="70" stroke="var(--text)" strokeWidth="1.2" />
            <text x={width - 6} y="10" fontSize="10.5" fontWeight="600" fill="var(--text)" textAnchor="end">
              now
            </text>
          </>
        )}
      </svg>
    </div>
  );
}

/** At either end a label stands inside. */
function anchorAt(x: number, width: number): "start" | "middle" | "end" {
  if (x < 16) return "start";
  return x > width - 18 ? "end" : "middle";
}
