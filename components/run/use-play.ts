"use client";

import { useEffect, useState } from "react";

/** How long each stop is looked at, at the usual speed, ms. */
const LOOK_MS = 700;

export const SPEEDS = [1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Play {
  readonly playing: boolean;
  readonly speed: Speed;
  toggle(): void;
  stop(): void;
  changeSpeed(): void;
}

/** Goes on by itself while it plays: `advance` once a while, and not before what is shown is there (`ready`). */
export function usePlay(ready: boolean, begin: () => void, advance: () => boolean): Play {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  useEffect(() => {
    if (!playing || !ready) return;
    const timer = setTimeout(() => {
      if (!advance()) setPlaying(false);
    }, LOOK_MS / speed);
    return () => clearTimeout(timer);
  }, [playing, ready, speed, advance]);
  return {
    playing,
    speed,
    toggle: () => {
      if (!playing) begin();
      setPlaying(!playing);
    },
    stop: () => setPlaying(false),
    changeSpeed: () => setSpeed(SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1),
  };
}
