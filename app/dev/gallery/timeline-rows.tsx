"use client";

import { useMemo } from "react";
import { RowsCanvas } from "@/components/timeline/rows-canvas";
import { type TimeScale, timeScale } from "@/lib/drawing/time-scale";
import { type AttemptTimes, ROW, type RowTimes, type Tone } from "@/lib/drawing/timeline-marks";

const MINUTE = 60_000;
const WIDTH = 420;
const NAMES = 110;
const SCALE: TimeScale = timeScale(0, 100 * MINUTE, WIDTH);
const INSTANTS = [0, 25, 50, 75].map((minutes) => minutes * MINUTE);
const span = (from: number, to: number) => ({ from: from * MINUTE, to: to * MINUTE });
const NOTHING: RowTimes = {
  ...{ waited: undefined, attempts: [], critical: undefined, said: [] },
  ...{ judged: undefined, held: undefined, summed: undefined },
};

/** Waited, was prepared, ran, and ended; with a silence, its outputs, its log, and what the cache said. */
function anAttempt(tone: Tone, from: number, to: number): AttemptTimes {
  const length = to - from;
  const at = (share: number) => (from + share * length) * MINUTE;
  const silence = { from: at(0.5), to: at(0.8) };
  const phases = [
    ["waiting", -0.3, -0.1],
    ["preparing", -0.1, 0],
    ["running", 0, 0.9],
    ["finalizing", 0.9, 1],
  ] as const;
  return {
    tone,
    phases: phases.map(([phase, a, b]) => ({ what: "phase", phase, why: null, from: at(a), to: at(b) })),
    strip: {
      ...span(from, to),
      parts: [
        { from: 0, to: 0.5, kind: "beat" },
        { from: 0.5, to: 0.8, kind: "gap" },
        { from: 0.8, to: 1, kind: "dim" },
      ],
    },
    gaps: [{ what: "gap", ...silence, words: `silent ${Math.round(length * 0.3)}m` }],
    outputs: [
      { what: "output", name: "model", at: at(0.85), written: true },
      { what: "output", name: "metrics", at: at(0.05), written: false },
    ],
    logs: [0.1, 0.2, 0.4].map((share) => ({ what: "log", at: at(share) })),
    cache: { what: "cache", at: at(0), status: tone === "reuse" ? "HIT" : "MISS" },
  };
}

const judged = (tone: Tone, words: string): RowTimes => ({
  ...NOTHING,
  attempts: [{ ...anAttempt("run", 20, 60), phases: [] }],
  said: [{ what: "said", ...span(40, 55) }],
  critical: span(20, 100),
  judged: { ...span(60, 100), tone, words },
});

const ROWS: readonly (readonly [name: string, times: RowTimes])[] = [
  ["finished", { ...NOTHING, attempts: [anAttempt("ok", 30, 95)], critical: span(30, 95) }],
  ["failed, then runs", { ...NOTHING, attempts: [anAttempt("stuck", 10, 30), anAttempt("run", 48, 100)] }],
  ["reused", { ...NOTHING, attempts: [anAttempt("reuse", 40, 70)] }],
  ["ended otherwise", { ...NOTHING, attempts: [anAttempt("quiet", 30, 80)] }],
  ["stuck", judged("stuck", "no sign of life for 40m")],
  ["suspect", judged("suspect", "silent for a while")],
  ["slow", judged("slow", "slower than usual")],
  ["waiting", judged("wait", "waits for a pool")],
  ["held", { ...NOTHING, held: { ...span(60, 100), words: "waits for train[2]" } }],
  ["a group", { ...NOTHING, summed: { ...span(10, 90), tone: "ok", words: "31 of 31 done" } }],
  [
    "a group, failed",
    { ...NOTHING, summed: { ...span(10, 100), tone: "stuck", words: "3 of 31 done, 2 failed" } },
  ],
];
const PATH = [
  { row: 0, startedAt: 30 * MINUTE, endedAt: 55 * MINUTE },
  { row: 4, startedAt: 60 * MINUTE, endedAt: undefined },
];

/** Every mark of the timeline's canvas. */
export function TimelineRows() {
  const tile = useMemo(() => ({ top: 0, height: ROWS.length * ROW }), []);
  return (
    <div className="relative overflow-hidden bg-panel" style={{ height: tile.height }}>
      <ul className="mono text-sm">
        {ROWS.map(([name]) => (
          <li key={name} className="border-b border-line2 leading-[43px]">
            {name}
          </li>
        ))}
      </ul>
      <RowsCanvas
        timesOf={timesOf}
        path={PATH}
        scale={SCALE}
        instants={INSTANTS}
        now={100 * MINUTE}
        past={false}
        left={NAMES}
        top={0}
        head={0}
        tile={tile}
      />
    </div>
  );
}

function timesOf(index: number): RowTimes | undefined {
  return ROWS[index]?.[1];
}
