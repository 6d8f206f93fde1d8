"use client";

import { cx } from "@/components/ui/cx";
import { ClockTime } from "@/components/ui/time";
import { useNow } from "@/components/use-now";
import { formatAge, type InstantLike } from "@/lib/base/format";

export type LiveState = "live" | "late" | "lost" | "out";

export interface LiveIndicatorProps {
  state: LiveState;
  /** When the last word from the server came; null before the first. */
  lastAt: InstantLike | null;
  className?: string;
}

const DOTS: Readonly<Record<LiveState, string>> = {
  live: "bg-ok shadow-[0_0_0_3px_var(--ok-bg)]",
  late: "bg-suspect shadow-[0_0_0_3px_var(--suspect-bg)] animate-breathe",
  lost: "border-2 border-stuck",
  out: "border-2 border-suspect",
};

const SAYS: Readonly<Record<LiveState, string>> = {
  live: "Live",
  late: "Reconnecting",
  lost: "Connection lost; what you see may be old",
  out: "Signed out; what you see may be old",
};

/** `Live · 2 s ago`, `Reconnecting…`, `Connection lost since 14:02`, `Signed out. Sign in`. */
export function LiveIndicator({ state, lastAt, className }: LiveIndicatorProps) {
  return (
    <span
      className={cx("flex flex-none items-center gap-2 text-muted whitespace-nowrap tabular-nums", className)}
    >
      <span
        aria-hidden="true"
        className={cx("size-[7px] flex-none rounded-full forced-colors:border", DOTS[state])}
      />
      {/* Heard when the state changes, not at every second. */}
      <span role="status" className="sr-only">
        {SAYS[state]}
      </span>
      <span aria-hidden={state === "live" || state === "late"}>
        {state === "live" && <LiveAge lastAt={lastAt} />}
        {state === "late" && "Reconnecting…"}
        {state === "lost" && (
          <span className="text-stuck">
            <span className="max-sm:hidden">Connection lost</span>
            <span className="sm:hidden">Lost</span>
            {lastAt !== null && (
              <>
                {" since "}
                <ClockTime at={lastAt} />
              </>
            )}
          </span>
        )}
        {state === "out" && (
          <>
            <span className="text-suspect max-sm:hidden">Signed out. </span>
            {/* The server leads whoever asks for the page to where one signs in, and back. */}
            <button
              type="button"
              onClick={() => window.location.reload()}
              className="rounded-sm font-medium text-text underline underline-offset-2"
            >
              Sign in
            </button>
          </>
        )}
      </span>
    </span>
  );
}

/** Alone in knowing the time, so that the bar around it is not drawn anew every second. */
function LiveAge({ lastAt }: { lastAt: InstantLike | null }) {
  const now = useNow(1_000);
  if (lastAt === null) return "Live";
  return (
    <>
      <span className="max-sm:hidden">Live · </span>
      {formatAge(lastAt, now)}
    </>
  );
}
