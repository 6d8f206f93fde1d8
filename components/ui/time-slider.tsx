"use client";

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { isShortcut, type ShortcutName } from "@/components/shortcuts";
import { cx } from "@/components/ui/cx";
import { snapTo } from "@/lib/drawing/stops";

/** A stretch of the track, in a colour of its own. */
export interface TrackPart {
  readonly from: number;
  readonly to: number;
  /** The class of its colour. */
  readonly colour: string;
}

export interface TimeSliderProps {
  label: string;
  from: number;
  to: number;
  value: number;
  /** The value in words, for who does not see it. */
  valueText: string;
  /** Where something changed, ascending: it snaps to them. */
  stops: readonly number[];
  parts?: readonly TrackPart[];
  /** One word at an instant, above the track. */
  flag?: { readonly at: number; readonly text: string; readonly colour: string } | undefined;
  /** Moves by itself: smoothly, where motion is welcome. */
  moving?: boolean;
  /** `settled` when it is let go of; until then many come. */
  onChange: (value: number, settled: boolean) => void;
  /** By so many stops: arrows one, page keys ten. */
  onStep: (by: number) => void;
  onToggle: () => void;
}

/** Within so many pixels of a stop the thumb goes to it. */
const REACH_PX = 7;

/** How many stops a key passes. */
const STEPS: readonly (readonly [ShortcutName, number])[] = [
  ["earlier", -1],
  ["later", 1],
  ["farEarlier", -10],
  ["farLater", 10],
];

/** An instant on a track of time: by pointer anywhere, by keys from stop to stop. */
export function TimeSlider(props: TimeSliderProps) {
  const { label, from, to, value, valueText, stops, parts = [], flag, moving = false } = props;
  const track = useRef<HTMLDivElement>(null);
  const span = Math.max(1, to - from);
  const place = (at: number) => `${Math.max(0, Math.min(1, (at - from) / span)) * 100}%`;

  const pointed = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return value;
    const part = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    return snapTo(stops, Math.round(from + part * span), (REACH_PX / box.width) * span);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = STEPS.find(([name]) => isShortcut(event, name))?.[1];
    if (by !== undefined) props.onStep(by);
    else if (isShortcut(event, "first")) props.onChange(stops[0] ?? from, true);
    else if (isShortcut(event, "now")) props.onChange(to, true);
    else if (isShortcut(event, "play")) props.onToggle();
    else return;
    event.preventDefault();
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={from}
      aria-valuemax={to}
      aria-valuenow={value}
      aria-valuetext={valueText}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        props.onChange(pointed(event), false);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) props.onChange(pointed(event), false);
      }}
      onPointerUp={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) props.onChange(pointed(event), true);
      }}
      className="group relative h-9 w-full cursor-pointer touch-none outline-none select-none"
    >
      {flag && (
        <span
          aria-hidden="true"
          className={cx(
            "absolute top-0 border-current text-xs leading-4 font-semibold whitespace-nowrap",
            flag.colour,
            (flag.at - from) / span > 0.6 ? "-translate-x-full border-r pr-1.5" : "border-l pl-1.5",
          )}
          style={{ left: place(flag.at), height: 26 }}
        >
          {flag.text}
        </span>
      )}
      <div ref={track} className="absolute inset-x-0 top-6 h-1 rounded-full bg-line">
        {parts.map((part) => (
          <div
            key={`${part.from} ${part.to}`}
            className={cx("absolute inset-y-0 rounded-full forced-colors:border", part.colour)}
            style={{ left: place(part.from), width: `${((part.to - part.from) / span) * 100}%` }}
          />
        ))}
        {/* What came in the same millisecond is one mark. */}
        {[...new Set(stops)].map((stop) => (
          <i
            key={stop}
            aria-hidden="true"
            className="absolute top-[7px] h-[5px] w-px bg-ghost/60 forced-colors:bg-[CanvasText]"
            style={{ left: place(stop) }}
          />
        ))}
        <div
          aria-hidden="true"
          className={cx(
            "absolute top-1/2 size-[15px] -translate-1/2 rounded-full border-2 border-text bg-panel shadow-over group-hover:scale-110 group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent",
            moving && "motion-safe:transition-[left] motion-safe:duration-150",
          )}
          style={{ left: place(value) }}
        />
      </div>
    </div>
  );
}
