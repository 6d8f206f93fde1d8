"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useRunAddress } from "@/components/run/use-run-address";
import { LiveAge } from "@/components/runs/live-time";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ClockTime } from "@/components/ui/time";
import { shortId } from "@/lib/base/format";
import { messagesQuery } from "@/lib/client/node-queries";

export interface MessageTableProps {
  runId: string;
  /** Only of this node; of the whole run where left out. */
  nodeKey?: string;
}

/** What was received, newest first. Each opens as it came. */
export function MessageTable({ runId, nodeKey }: MessageTableProps) {
  const [, go] = useRunAddress();
  const query = useInfiniteQuery(messagesQuery(runId, nodeKey));
  const messages = query.data?.pages.flatMap((page) => page.messages) ?? [];
  if (query.isPending) return <SkeletonRows rows={8} height={30} />;
  if (query.isError && messages.length === 0) {
    return (
      <div className="p-[18px]">
        <Notice tone="warn">The messages could not be read: {query.error.message}</Notice>
      </div>
    );
  }
  if (messages.length === 0) {
    return (
      <EmptyState level={3} title="No message">
        {nodeKey === undefined
          ? "None of this run has been kept."
          : "None speaks of this node itself; the plan does."}
      </EmptyState>
    );
  }
  return (
    <div className="pb-4">
      <ul>
        {messages.map((message) => (
          <li key={message.id} className="border-b border-line2">
            <button
              type="button"
              onClick={() => go({ event: message.id }, "push")}
              className="flex h-[34px] w-full items-center gap-3 px-[18px] text-left hover:bg-line2/60 focus-visible:-outline-offset-2"
            >
              <span className="mono flex-none text-sm text-muted">
                <ClockTime at={message.occurredAt} seconds />
              </span>
              <span className="w-24 flex-none truncate font-medium">{message.type}</span>
              {nodeKey === undefined && <span className="mono min-w-0 truncate">{message.nodeKey}</span>}
              <span className="flex-1" />
              <span className="flex-none text-sm text-muted max-sm:hidden">
                received <LiveAge at={message.receivedAt} />
              </span>
              <span className="mono flex-none text-sm text-faint">{shortId(message.id, 8)}</span>
            </button>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="px-[18px] pt-3">
          <Button size="sm" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      )}
    </div>
  );
}
