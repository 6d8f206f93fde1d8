"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { LiveState } from "@/components/shell/live-indicator";
import type { LiveConnection } from "@/components/use-live";
import { useNow } from "@/components/use-now";
import { type InstantLike, toMillis } from "@/lib/base/format";
import { RequestError } from "@/lib/client/request";

/** Without word for this long, the page may show what is no longer so. */
const LOST_AFTER_MS = 15_000;

type Pulse = Pick<UseQueryResult<{ at: string }>, "data" | "error" | "isError" | "failureCount">;

/**
 * How fresh the page is: live (told of changes, or answered when it asks), late (connecting again), or lost, and since
 * when; or out, where the server asks who is there. While changes are told there is no age: nothing has changed since.
 */
export function useLiveState(
  query: Pulse,
  connection: LiveConnection,
): { state: LiveState; lastAt: InstantLike | null } {
  const now = useNow(1_000);
  const answeredAt = query.data?.at ?? null;
  const { state, heardAt } = connection;
  const failing = query.isError || query.failureCount > 0;
  const lastAt = later(answeredAt, heardAt);
  if (query.error instanceof RequestError && query.error.status === 401) return { state: "out", lastAt };
  if (lastAt === null) return { state: failing ? "lost" : "live", lastAt };
  if (!failing && state === "open") return { state: "live", lastAt: null };
  // A lost connection does no harm once the page has an answer since.
  const isAnswered = state !== "broken" || lastAt === answeredAt;
  // A tab that comes back has an old answer and no failure; it is asked for at once.
  if (!failing && isAnswered) return { state: "live", lastAt };
  return { state: now - toMillis(lastAt) > LOST_AFTER_MS ? "lost" : "late", lastAt };
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return toMillis(a) > toMillis(b) ? a : b;
}
