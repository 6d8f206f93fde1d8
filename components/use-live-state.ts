"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { LiveState } from "@/components/shell/live-indicator";
import { useNow } from "@/components/use-now";
import { type InstantLike, toMillis } from "@/lib/base/format";

/** Without word for this long, the page may show what is no longer so. */
const LOST_AFTER_MS = 15_000;

type Pulse = Pick<
  UseQueryResult<{ at: string }>,
  "data" | "isError" | "failureCount" | "fetchStatus" | "dataUpdatedAt"
>;

/** How well a polled question is answered: live, late (asking again), or lost, and since when. */
export function useLiveState(query: Pulse): { state: LiveState; lastAt: InstantLike | null } {
  const now = useNow(1_000);
  const { data } = query;
  const lastAt = data?.at ?? null;
  const failing = query.isError || query.failureCount > 0;
  if (lastAt === null) return { state: failing ? "lost" : "live", lastAt };
  // A tab that comes back has an old answer and no failure; it is asked for at once.
  if (!failing) return { state: "live", lastAt };
  return { state: now - toMillis(lastAt) > LOST_AFTER_MS ? "lost" : "late", lastAt };
}
