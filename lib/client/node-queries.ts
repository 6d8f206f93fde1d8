import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { messageList, messageResource, nodeDetail } from "../contract/nodes.ts";
import { recordResource } from "../contract/record.ts";
import { finishedInterval, frozen, live, openInterval, withParams } from "./live.ts";
import { request } from "./request.ts";
import { runKeys } from "./run-queries.ts";

/** Under the run's own key, so that what a run forgets its nodes forget too. */
const nodeKeys = {
  node: (runId: string, key: string, at: string | undefined, baseline: string | undefined) =>
    [...runKeys.run(runId), "node", key, at ?? "now", baseline ?? null] as const,
  messages: (runId: string, asked: MessagesAsked) => [...runKeys.run(runId), "messages", asked] as const,
  record: (runId: string, key: string, at: string | undefined) =>
    [...runKeys.run(runId), "record", key, at ?? "now"] as const,
  message: (eventId: string) => ["messages", eventId] as const,
};

const ENDED: readonly string[] = ["completed", "reused", "failed", "aborted", "skipped"];

/** One node with all that its panel shows; with `at`, as it was known then; its cache key beside that of `baseline`. */
export function nodeQuery(runId: string, key: string, at?: string, baseline?: string) {
  return queryOptions({
    ...(at === undefined ? live : frozen),
    queryKey: nodeKeys.node(runId, key, at, baseline),
    queryFn: ({ signal }) =>
      request(
        withParams(`/api/v1/runs/${encodeURIComponent(runId)}/nodes`, { key, at, baseline }),
        nodeDetail,
        { signal },
      ),
    refetchInterval: ({ state: { data } }) => {
      if (at !== undefined) return false;
      return data && ENDED.includes(data.node.status) ? finishedInterval() : openInterval();
    },
    // Moving through time keeps the panel; another node must not show this one's.
    placeholderData: (previous, query) =>
      query?.queryKey[2] === runId && query.queryKey[4] === key ? previous : undefined,
  });
}

export interface MessagesAsked {
  /** Only those of this node; of the whole run where left out. */
  readonly node?: string | undefined;
  /** Only those of these types, comma-separated. */
  readonly type?: string | undefined;
  /** Those that had been received by then; now where left out. */
  readonly at?: string | undefined;
}

/** The messages of a run, or of one of its nodes, newest first, a page at a time. */
export function messagesQuery(runId: string, asked: MessagesAsked) {
  const { at } = asked;
  return infiniteQueryOptions({
    ...(at === undefined ? live : frozen),
    queryKey: nodeKeys.messages(runId, asked),
    queryFn: ({ signal, pageParam }) =>
      request(
        withParams(`/api/v1/runs/${encodeURIComponent(runId)}/events`, {
          ...asked,
          cursor: pageParam ?? undefined,
        }),
        messageList,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state: { data } }) =>
      at === undefined ? openInterval(Math.max(2, data?.pages.length ?? 1)) : false,
    // Another type, and another instant, keep what is shown until they are there; another node does not.
    placeholderData: (previous, query) => (query?.queryKey[4].node === asked.node ? previous : undefined),
  });
}

/** What the record of a node's latest attempt has and lacks. */
export function recordQuery(runId: string, key: string, at?: string) {
  return queryOptions({
    ...(at === undefined ? live : frozen),
    queryKey: nodeKeys.record(runId, key, at),
    queryFn: ({ signal }) =>
      request(withParams(`/api/v1/runs/${encodeURIComponent(runId)}/record`, { key, at }), recordResource, {
        signal,
      }),
    refetchInterval: () => (at === undefined ? finishedInterval() : false),
  });
}

/** One message as it was received. It is never changed, so it is asked for once. */
export function messageQuery(eventId: string) {
  return queryOptions({
    ...frozen,
    queryKey: nodeKeys.message(eventId),
    queryFn: ({ signal }) =>
      request(`/api/v1/events/${encodeURIComponent(eventId)}`, messageResource, { signal }),
  });
}
