"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { dayMarks } from "@/components/day-marks";
import { litHandlers } from "@/components/run/lit";
import { useRunAddress } from "@/components/run/use-run-address";
import { LiveAge } from "@/components/runs/live-time";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterChip } from "@/components/ui/filter-chip";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ClockTime } from "@/components/ui/time";
import { useNow } from "@/components/use-now";
import { useTimeZone } from "@/components/use-time-zone";
import { formatDay, formatQuantity, shortId, toMillis } from "@/lib/base/format";
import { messagesQuery } from "@/lib/client/node-queries";
import { MESSAGE_TYPES } from "@/lib/contract/message-query";
import type { MessageList } from "@/lib/contract/nodes";

export interface MessageTableProps {
  runId: string;
  /** The past instant that is shown; undefined for now. */
  at: string | undefined;
  /** Only of this node; of the whole run where left out. */
  nodeKey?: string;
}

type MessageHead = MessageList["messages"][number];

const OPTIONS = MESSAGE_TYPES.map((value) => ({ value, label: value }));

/** What was received, newest first, of some types or all. Each opens as it came. */
export function MessageTable({ runId, at, nodeKey }: MessageTableProps) {
  const [{ type }, go] = useRunAddress();
  const query = useInfiniteQuery(messagesQuery(runId, { node: nodeKey, type, at }));
  const messages = query.data?.pages.flatMap((page) => page.messages) ?? [];
  const types = type?.split(",") ?? [];
  return (
    <div className={cx("flex flex-col", nodeKey === undefined && "h-full")}>
      <div className="flex flex-none flex-wrap items-center gap-2 px-[18px] py-2">
        <FilterChip
          label="Type"
          options={OPTIONS}
          selected={types}
          onChange={(chosen) => {
            const kept = MESSAGE_TYPES.filter((known) => chosen.includes(known));
            go({ type: kept.length === 0 ? undefined : kept.join(",") });
          }}
        />
        <span role="status" className="ml-auto text-sm text-muted tabular-nums">
          {query.data &&
            `${formatQuantity(messages.length, "message")}${query.hasNextPage ? ", and earlier ones" : ""}`}
        </span>
      </div>
      {query.isPending ? (
        <SkeletonRows rows={8} height={34} />
      ) : query.isError && messages.length === 0 ? (
        <div className="p-[18px]">
          <Notice tone="warn">The messages could not be read: {query.error.message}</Notice>
        </div>
      ) : messages.length === 0 ? (
        <None types={types} ofRun={nodeKey === undefined} past={at !== undefined} />
      ) : (
        <Rows
          messages={messages}
          named={nodeKey === undefined}
          hasMore={query.hasNextPage}
          isFetching={query.isFetchingNextPage}
          more={() => void query.fetchNextPage()}
        />
      )}
    </div>
  );
}

function None({ types, ofRun, past }: { types: readonly string[]; ofRun: boolean; past: boolean }) {
  const [, go] = useRunAddress();
  // A node's stands below its name, that of a run below the answer.
  const level = ofRun ? 2 : 3;
  if (types.length > 0) {
    return (
      <EmptyState
        level={level}
        title={`No message of type ${types.join(" or ")}`}
        action={<Button onClick={() => go({ type: undefined })}>Show all types</Button>}
      >
        Others may have come.
      </EmptyState>
    );
  }
  return (
    <EmptyState level={level} title="No message">
      {past
        ? "None had been received at that instant."
        : ofRun
          ? "None of this run has been kept."
          : "None speaks of this node itself; the plan does."}
    </EmptyState>
  );
}

const ROW = 34;
/** So near to the end the next page is asked for. */
const AHEAD = 20;

interface RowsProps {
  messages: readonly MessageHead[];
  /** Whether each names its node. */
  named: boolean;
  hasMore: boolean;
  isFetching: boolean;
  more: () => void;
}

function Rows({ messages, named, hasMore, isFetching, more }: RowsProps) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const virtual = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW,
    overscan: 12,
    getItemKey: (index) => messages[index]?.id ?? index,
  });
  // What comes while somebody reads further down must not move the rows from under the pointer.
  const first = messages[0]?.id;
  const before = useRef(first);
  useLayoutEffect(() => {
    const come = messages.findIndex((message) => message.id === before.current);
    before.current = first;
    if (scroller && scroller.scrollTop > 0 && come > 0) scroller.scrollTop += come * ROW;
  }, [scroller, messages, first]);
  // The hour alone would be read as today's.
  const [now, zone] = [useNow(60_000), useTimeZone()];
  const isLong = useMemo(
    () =>
      dayMarks(
        messages.map((message) => message.occurredAt),
        now,
        zone,
      ).some((day) => day !== undefined),
    [messages, now, zone],
  );
  const items = virtual.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= messages.length - AHEAD;
  // What was asked for by scrolling goes on by itself; the first page waits until somebody scrolls.
  const wants = hasMore && !isFetching && isNearEnd && (virtual.scrollOffset ?? 0) > 0;
  useEffect(() => {
    if (wants) more();
  });
  return (
    <div
      ref={setScroller}
      className={cx(
        "overflow-y-auto border-t border-line2",
        named ? "min-h-0 flex-1 max-lg:max-h-[70vh]" : "max-h-[70vh]",
      )}
    >
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const message = messages[index];
          return (
            message && (
              <li
                key={key}
                aria-setsize={hasMore ? -1 : messages.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 border-b border-line2"
                style={{ top: start, height: ROW }}
              >
                <Row
                  message={message}
                  named={named}
                  day={isLong ? formatDay(message.occurredAt, zone) : undefined}
                />
              </li>
            )
          );
        })}
      </ul>
      {hasMore && (
        <div className="px-[18px] py-3">
          <Button size="sm" disabled={isFetching} onClick={more}>
            Show earlier ones
          </Button>
        </div>
      )}
    </div>
  );
}

interface RowProps {
  message: MessageHead;
  named: boolean;
  /** When it happened, where not all of them happened today. */
  day: string | undefined;
}

function Row({ message, named, day }: RowProps) {
  const [, go] = useRunAddress();
  const { id, nodeKey, type, occurredAt, receivedAt } = message;
  return (
    <button
      type="button"
      onClick={() => go({ event: id }, "push")}
      {...litHandlers({ nodeKey, at: toMillis(occurredAt) })}
      className="flex size-full items-center px-[18px] text-left hover:bg-line2/60 focus-visible:-outline-offset-2"
    >
      <span className="flex w-full min-w-0 items-baseline gap-3">
        <span className={cx("mono flex-none text-sm text-muted", day && "w-[110px] text-right")}>
          {day && <span className="text-faint">{day} </span>}
          <ClockTime at={occurredAt} seconds />
        </span>
        <span className="w-24 flex-none truncate font-medium">{type}</span>
        {named && (
          <span className="mono min-w-0 truncate" title={nodeKey}>
            {nodeKey}
          </span>
        )}
        <span className="flex-1" />
        <span className="flex-none text-sm text-muted max-sm:hidden">
          received <LiveAge at={receivedAt} />
        </span>
        <span className="mono flex-none text-sm text-faint max-sm:hidden">{shortId(id, 8)}</span>
      </span>
    </button>
  );
}
