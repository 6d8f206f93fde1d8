import { queryOptions } from "@tanstack/react-query";
import { timelineResource } from "../contract/timeline.ts";
import { frozen, live, openRunInterval, withParams } from "./live.ts";
import { request } from "./request.ts";
import { runKeys } from "./run-queries.ts";

/** What each attempt of a run did when; `nodes` is how many it has, for the larger the answer, the less often. */
export function timelineQuery(
  runId: string,
  { at, nodes }: { readonly at: string | undefined; readonly nodes: number },
) {
  return queryOptions({
    ...(at === undefined ? live : frozen),
    queryKey: [...runKeys.run(runId), "timeline", at ?? "now"] as const,
    queryFn: ({ signal }) =>
      request(withParams(`/api/v1/runs/${encodeURIComponent(runId)}/timeline`, { at }), timelineResource, {
        signal,
      }),
    refetchInterval: () => (at === undefined ? openRunInterval(nodes) : false),
    // Moving through time keeps the picture; another run must not show this one's.
    placeholderData: (previous, query) => (query?.queryKey[2] === runId ? previous : undefined),
  });
}
