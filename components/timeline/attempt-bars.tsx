import { nodeState } from "@/components/graph/node-look";
import { Bar } from "@/components/timeline/bar";
import { gapsOf, stripBar } from "@/components/timeline/row-words";
import type { NodeTime } from "@/components/timeline/timeline-model";
import { cx } from "@/components/ui/cx";
import { HeartbeatStrip } from "@/components/ui/heartbeat-strip";
import { formatDuration, toMillis } from "@/lib/base/format";
import type { TimelineAttempt, TimelinePhase } from "@/lib/contract/timeline";
import { stretchOf, type TimeScale } from "@/lib/drawing/time-scale";
import { clipParts } from "@/lib/drawing/time-window";

export interface AttemptBarsProps {
  time: NodeTime;
  attempts: readonly TimelineAttempt[];
  scale: TimeScale;
  now: number;
  /** Since when it is judged: what comes after is drawn as such. */
  judgedSince: number | undefined;
}

/** Each attempt with its phases, and under it the life line. */
export function AttemptBars({ time, attempts, scale, now, judgedSince }: AttemptBarsProps) {
  const latest = attempts.at(-1);
  return attempts.map((attempt) => {
    const colour = COLOURS[attempt === latest ? colourOf(time) : earlierColour(attempt)];
    const until = attempt === latest ? judgedSince : undefined;
    return (
      <span key={attempt.id}>
        {attempt.phases.map((phase) => (
          <PhaseBar
            key={`${phase.kind} ${phase.from}`}
            {...{ phase, scale, colour }}
            to={Math.min(phase.to === null ? now : toMillis(phase.to), until ?? Number.POSITIVE_INFINITY)}
          />
        ))}
        <Strip attempt={attempt} scale={scale} now={now} />
      </span>
    );
  });
}

interface PhaseBarProps {
  phase: TimelinePhase;
  scale: TimeScale;
  to: number;
  colour: Colour;
}

/** Waiting is flat, preparing an outline, work is solid, and its end half so. */
function PhaseBar({ phase: { kind, from }, scale, to, colour }: PhaseBarProps) {
  const start = toMillis(from);
  if (to < start) return null;
  const look = {
    waiting: "bg-wait/25",
    preparing: cx("border border-dashed bg-panel", colour.line),
    running: cx("opacity-85", colour.fill),
    finalizing: cx("border", colour.line, colour.faint),
  }[kind];
  return <Bar scale={scale} from={start} to={to} className={look} />;
}

/** Wide enough for the words of a silence, px. */
const WORDY = 84;

function Strip({ attempt, scale, now }: { attempt: TimelineAttempt; scale: TimeScale; now: number }) {
  const bar = stripBar(attempt, now);
  const clipped = bar && attempt.strip.length > 0 ? clipParts(attempt.strip, bar, scale) : undefined;
  const place = clipped && stretchOf(scale, clipped.bar.from, clipped.bar.to);
  if (!clipped || !place) return null;
  return (
    <>
      <span className="absolute top-[30px]" style={place}>
        <HeartbeatStrip segments={clipped.parts} width={place.width} height={6} label="" decorative />
      </span>
      {gapsOf(attempt, now).map(({ from, to }) => {
        const gap = stretchOf(scale, from, to);
        return (
          gap &&
          gap.width > WORDY && (
            <span
              key={from}
              className="absolute top-[27px] grid place-items-center text-2xs leading-3 text-stuck tabular-nums"
              style={gap}
            >
              <span className="bg-panel px-1">silent {formatDuration(to - from)}</span>
            </span>
          )
        );
      })}
    </>
  );
}

interface Colour {
  readonly fill: string;
  readonly line: string;
  readonly faint: string;
}

type ColourName = "ok" | "run" | "failed" | "reused" | "quiet";

const COLOURS: Readonly<Record<ColourName, Colour>> = {
  ok: { fill: "bg-ok", line: "border-ok", faint: "bg-ok/40" },
  run: { fill: "bg-run", line: "border-run", faint: "bg-run/40" },
  failed: { fill: "bg-stuck", line: "border-stuck", faint: "bg-stuck/40" },
  reused: { fill: "bg-reuse", line: "border-reuse", faint: "bg-reuse/40" },
  quiet: { fill: "bg-wait/60", line: "border-wait", faint: "bg-wait/40" },
};

function colourOf({ node }: NodeTime): ColourName {
  if (node.status === "reused") return "reused";
  const state = nodeState(node);
  if (state === "finished") return "ok";
  if (state === "failed") return "failed";
  return node.status === "running" ? "run" : "quiet";
}

function earlierColour({ status }: TimelineAttempt): ColourName {
  if (status === "completed") return "ok";
  return status === "failed" ? "failed" : "quiet";
}
