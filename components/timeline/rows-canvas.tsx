"use client";

import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Looks, paintMarks, snap } from "@/components/timeline/paint-marks";
import { isForced, readPalette, watchLooks } from "@/components/ui/canvas-looks";
import { type PathStep, pathLines } from "@/lib/drawing/path-lines";
import type { Tile } from "@/lib/drawing/tile";
import { type TimeScale, toX } from "@/lib/drawing/time-scale";
import { marksOf, ROW, type RowTimes } from "@/lib/drawing/timeline-marks";

export interface RowsCanvasProps {
  /** What is drawn of row `index`. */
  timesOf: (index: number) => RowTimes | undefined;
  path: readonly PathStep[];
  scale: TimeScale;
  /** Instants of the axis, each a hairline. */
  instants: readonly number[];
  /** Now, or the instant that the page shows: what comes after it is not known yet. */
  now: number;
  past: boolean;
  /** Where time begins, and where the first row does, px. */
  left: number;
  top: number;
  /** Hairlines begin here, and the line of now a little above. */
  head: number;
  /** What of the content is drawn, from its top. */
  tile: Tile;
}

/** What happened at the very edge is drawn whole, px. */
const EDGE = 8;
const ABOVE_HEAD = 4;
const NOW_WIDTH = 1.5;

/**
 * The rows' bars and marks, on one canvas. It lies over the rows and moves with them as they are scrolled; it is drawn anew
 * where the time, the rows or the looks change. All that it shows is told by the table behind it.
 */
export const RowsCanvas = memo(function RowsCanvas(props: RowsCanvasProps) {
  const { scale, tile, left } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const looks = useRef<Looks>(undefined);
  const [look, setLook] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the looks have changed, others are waited for
  useEffect(
    () =>
      watchLooks(() => {
        looks.current = undefined;
        setLook((n) => n + 1);
      }),
    [look],
  );
  // Before the browser paints, so that bars, labels and rows are always of the same moment.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` counts the changes of the looks
  useLayoutEffect(() => {
    if (!canvas.current) return;
    // To read the colours costs a good part of a frame.
    looks.current ??= readLooks(canvas.current);
    paint(canvas.current, props, looks.current);
  }, [props, look]);
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute"
      style={{ left: left - EDGE, top: tile.top, width: scale.width + 2 * EDGE, height: tile.height }}
    >
      <canvas ref={canvas} className="block size-full" />
    </div>
  );
});

function paint(canvas: HTMLCanvasElement, props: RowsCanvasProps, looks: Looks): void {
  const { timesOf, scale, tile, top, head, past, now } = props;
  const { ratio, palette } = looks;
  const context = canvas.getContext("2d");
  if (!context) return;
  const [width, height] = [Math.round((scale.width + 2 * EDGE) * ratio), Math.round(tile.height * ratio)];
  // To be given a size empties it.
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  else {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const hairline = Math.max(1, Math.round(ratio)) / ratio;
  const begin = Math.max(0, head - tile.top);
  context.fillStyle = palette.line2;
  if (looks.forced) context.globalAlpha = 0.25;
  for (const instant of props.instants) {
    const x = EDGE + toX(scale, instant);
    if (x >= EDGE) context.fillRect(snap(x, ratio), begin, hairline, tile.height - begin);
  }
  context.globalAlpha = 1;

  const first = Math.max(0, Math.floor((tile.top - top) / ROW));
  const last = Math.ceil((tile.top + tile.height - top) / ROW);
  for (let index = first; index <= last; index += 1) {
    const row = timesOf(index);
    if (row) paintMarks(context, marksOf(row, scale), EDGE, top + index * ROW - tile.top, looks);
  }

  context.beginPath();
  for (const line of pathLines(props.path, scale, first, last)) {
    line.forEach(([x, y], i) => {
      const [px, py] = [snap(EDGE + x, ratio) + hairline / 2, top + y - tile.top + hairline / 2];
      if (i === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    });
  }
  context.strokeStyle = palette.text;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.2;
  context.stroke();
  context.globalAlpha = 1;

  const x = toX(scale, now);
  if (x < 0 || x > scale.width) return;
  const from = Math.max(0, begin - (tile.top < head ? ABOVE_HEAD : 0));
  context.fillStyle = past ? palette.accent : palette.text;
  context.fillRect(snap(EDGE + x, ratio), from, snap(NOW_WIDTH, ratio), tile.height - from);
}

function readLooks(canvas: HTMLCanvasElement): Looks {
  const family = getComputedStyle(canvas).fontFamily;
  // The reader's base size is honoured, as everywhere.
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const font = (weight: number, px: number) => `${weight} ${(px / 16) * rem}px ${family}`;
  return {
    palette: readPalette(canvas),
    forced: isForced(),
    fonts: { bar: font(400, 11), bold: font(600, 11), small: font(400, 10.5) },
    ratio: window.devicePixelRatio || 1,
  };
}
