import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  replaceEqualDeep,
} from "@tanstack/react-query";
import { runReceipts } from "../contract/receipts.ts";
import {
  attentionList,
  type RunQuery,
  type RunResource,
  type RunSummary,
  runFacets,
  runList,
  runResource,
} from "../contract/runs.ts";
import { finishedInterval, frozen, live, openInterval, openRunInterval, withParams } from "./live.ts";
import { request, requestUnlessSame, type Tagged } from "./request.ts";
import { writeRunFilters } from "./run-query-params.ts";

/** A run may have hundreds of thousands of nodes, and a page shows nothing before they are there. */
const WHOLE_RUN_MS = 60_000;

export const runKeys = {
  all: ["runs"] as const,
  attention: () => [...runKeys.all, "attention"] as const,
  lists: () => [...runKeys.all, "list"] as const,
  list: (query: RunListQuery) =>
    [...runKeys.lists(), writeRunFilters(query).toString(), query.limit] as const,
  facets: () => [...runKeys.all, "facets"] as const,
  /** Everything that is known of one run, at any instant. */
  run: (runId: string) => [...runKeys.all, "run", runId] as const,
  runAt: (runId: string, at: string | undefined) => [...runKeys.run(runId), "at", at ?? "now"] as const,
};

/** The cursor belongs to the page, not to the question. */
export type RunListQuery = Omit<RunQuery, "cursor">;

/** What needs attention, worst first. Also the page's pulse: how many are open, and the server's clock. */
export function attentionQuery() {
  return queryOptions({
    ...live,
    queryKey: runKeys.attention(),
    queryFn: ({ signal }) => request("/api/v1/attention", attentionList, { signal }),
    // An empty database waits for its first event, and so does whoever sent it.
    refetchInterval: ({ state: { data } }) =>
      data && data.open === 0 && !data.empty ? finishedInterval() : openInterval(),
    placeholderData: keepPreviousData,
  });
}

/** The run list, newest first, a page at a time. */
export function runListQuery(query: RunListQuery) {
  return infiniteQueryOptions({
    ...live,
    queryKey: runKeys.list(query),
    queryFn: ({ signal, pageParam }) => {
      const params = writeRunFilters(query);
      params.set("limit", String(query.limit));
      if (pageParam !== null) params.set("cursor", pageParam);
      return request(`/api/v1/runs?${params}`, runList, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    // All pages are asked for again together, so the more of them, the less often.
    refetchInterval: ({ state: { data } }) => {
      if (!data) return openInterval();
      // An empty page is the one that will surely change.
      const open = data.pages.some((page) => page.runs.length === 0 || page.runs.some(isOpen));
      return open ? openInterval(data.pages.length) : finishedInterval(data.pages.length);
    },
    placeholderData: keepPreviousData,
  });
}

/** The values that the filters offer. They change when a new pipeline or source appears: seldom. */
export function runFacetsQuery() {
  return queryOptions({
    ...live,
    queryKey: runKeys.facets(),
    queryFn: ({ signal }) => request("/api/v1/facets", runFacets, { signal }),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
}

/** To compare an answer about more nodes with the one before takes longer than to draw it anew. */
const COMPARED_UP_TO = 1_500;

/** The large run that was read last: of an answer that has not changed nothing is sent again. */
let lastLarge: { readonly path: string; readonly answer: Tagged<RunResource> } | undefined;

/** One run with its answer and graph; with `at`, as it was known then. */
export function runQuery(runId: string, at?: string) {
  return queryOptions({
    ...(at === undefined ? live : frozen),
    queryKey: runKeys.runAt(runId, at),
    queryFn: async ({ signal }) => {
      const path = withParams(`/api/v1/runs/${encodeURIComponent(runId)}`, { at });
      const before = lastLarge?.path === path ? lastLarge.answer : undefined;
      const answer = await requestUnlessSame(path, runResource, before, { signal }, WHOLE_RUN_MS);
      if (answer.data.nodes.length > COMPARED_UP_TO) lastLarge = { path, answer };
      return answer.data;
    },
    structuralSharing: (before, next) =>
      next === lastLarge?.answer.data ? next : replaceEqualDeep(before, next),
    refetchInterval: ({ state: { data } }) => {
      if (at !== undefined) return false;
      if (!data) return openInterval();
      return isOpen(data.summary) ? openRunInterval(data.nodes.length) : finishedInterval();
    },
    // Moving through time keeps the picture; another run must not show this one's.
    placeholderData: (previous, query) => (query?.queryKey[2] === runId ? previous : undefined),
  });
}

/** When messages of a run were received: the instants worth going back to. */
export function receiptsQuery(runId: string) {
  return queryOptions({
    ...live,
    queryKey: [...runKeys.run(runId), "receipts"] as const,
    queryFn: ({ signal }) =>
      request(`/api/v1/runs/${encodeURIComponent(runId)}/receipts`, runReceipts, { signal }),
    refetchInterval: () => openInterval(),
  });
}

function isOpen(run: Pick<RunSummary, "state">): boolean {
  return run.state !== "finished";
}
