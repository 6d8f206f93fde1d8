import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { pipelineDetail, pipelineList } from "../contract/pipelines.ts";
import { finishedInterval, live, openInterval, withParams } from "./live.ts";
import { request } from "./request.ts";

const pipelineKeys = {
  list: (q: string) => ["pipelines", "list", q] as const,
  one: (namespace: string, name: string) => ["pipelines", "one", namespace, name] as const,
};

/** The pipelines whose name or namespace holds a text. */
export function pipelineListQuery(q: string) {
  return queryOptions({
    ...live,
    queryKey: pipelineKeys.list(q),
    queryFn: ({ signal }) =>
      request(withParams("/api/v1/pipelines", { q: q || undefined }), pipelineList, { signal }),
    refetchInterval: () => openInterval(2),
    placeholderData: keepPreviousData,
  });
}

/** So many marks are read in no time; a grid of more is asked for less often. */
const MARKS_AT_ONCE = 5_000;

/** A pipeline with its latest runs. A history changes seldom, and its answer is large. */
export function pipelineQuery(namespace: string, name: string) {
  return queryOptions({
    ...live,
    queryKey: pipelineKeys.one(namespace, name),
    queryFn: ({ signal }) =>
      request(
        `/api/v1/pipelines/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`,
        pipelineDetail,
        { signal },
      ),
    refetchInterval: ({ state: { data } }) => {
      const marks = data?.grid.columns.reduce((sum, column) => sum + column.cells.length, 0) ?? 0;
      return finishedInterval() * Math.max(1, Math.ceil(marks / MARKS_AT_ONCE));
    },
  });
}
