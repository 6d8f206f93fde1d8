"use client";

import { Duration, RelativeTime } from "@/components/ui/time";
import { useNow } from "@/components/use-now";
import { toMillis } from "@/lib/base/format";

/** Below this, the words change every second; above it, every minute. */
const FRESH_MS = 65_000;
const COARSE_MS = 5_000;

interface LiveAgeProps {
  at: string;
  className?: string;
}

/** An age that keeps itself current, and costs a tick per second only while it shows seconds. */
export function LiveAge(props: LiveAgeProps) {
  const now = useNow(COARSE_MS);
  return now - toMillis(props.at) < FRESH_MS ? (
    <FreshAge {...props} />
  ) : (
    <RelativeTime {...props} now={now} />
  );
}

function FreshAge(props: LiveAgeProps) {
  return <RelativeTime {...props} now={useNow(1_000)} />;
}

interface ElapsedProps {
  from: string;
  /** Null while it goes on. */
  to: string | null;
  className?: string;
}

/** From one instant to another, or to now. */
export function Elapsed({ from, to, ...rest }: ElapsedProps) {
  if (to !== null) return <Duration ms={toMillis(to) - toMillis(from)} {...rest} />;
  return <OpenElapsed from={toMillis(from)} {...rest} />;
}

function OpenElapsed({ from, ...rest }: { from: number; className?: string }) {
  const now = useNow(COARSE_MS);
  return now - from < FRESH_MS ? (
    <FreshElapsed from={from} {...rest} />
  ) : (
    <Duration ms={now - from} {...rest} />
  );
}

function FreshElapsed({ from, ...rest }: { from: number; className?: string }) {
  return <Duration ms={useNow(1_000) - from} {...rest} />;
}
