"use client";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows, type SkeletonRowsProps } from "@/components/ui/skeleton";

export interface UnreadProps extends Pick<SkeletonRowsProps, "rows" | "height"> {
  /** What it is said to be: "The pipelines". */
  what: string;
  /** Why it could not be read; null while it is on its way. */
  error: Error | null;
  onRetry: () => void;
  /** Whether it is asked for again by itself. */
  isLive?: boolean;
  /** Where it stands in the page's outline. */
  level?: 2 | 3;
}

/** In place of a list that has not been read: its rows as shadows while it is on its way, or why it does not come. */
export function Unread({ what, error, onRetry, isLive = true, level = 2, ...rows }: UnreadProps) {
  return (
    <Card>
      {error === null ? (
        <SkeletonRows {...rows} />
      ) : (
        <EmptyState
          level={level}
          title={`${what} could not be read`}
          action={<Button onClick={onRetry}>Try again</Button>}
        >
          {error.message}
          {isLive && " It is tried again every few seconds."}
        </EmptyState>
      )}
    </Card>
  );
}
