"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useRunAddress } from "@/components/run/use-run-address";
import { fitWindow, readWindow, type TimeWindow, writeWindow } from "@/lib/drawing/time-window";

/** What moves is written to the address once it has rested so long, ms. */
const REST_MS = 160;

/** The part of the run's time that is shown. It is the address's, save while it moves. */
export function useTimeWindow(whole: TimeWindow): readonly [TimeWindow, (next: TimeWindow | "all") => void] {
  const [address, go] = useRunAddress();
  const [moving, setMoving] = useState<TimeWindow>();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const asked = useMemo(() => readWindow(address.window ?? ""), [address.window]);
  const { from, to } = whole;
  const show = useCallback(
    (next: TimeWindow | "all") => {
      clearTimeout(rest.current);
      const isAll = next === "all" || (Math.abs(next.from - from) < 1 && Math.abs(next.to - to) < 1);
      if (!isAll) setMoving(next);
      const settle = () => {
        setMoving(undefined);
        go({ window: isAll ? undefined : writeWindow(next) });
      };
      if (isAll) settle();
      else rest.current = setTimeout(settle, REST_MS);
    },
    [go, from, to],
  );
  const shown = moving ?? asked;
  const window = useMemo(() => (shown ? fitWindow(shown, { from, to }) : { from, to }), [shown, from, to]);
  return [window, show];
}
