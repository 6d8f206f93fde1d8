import { queryOptions } from "@tanstack/react-query";
import { comparisonResource } from "../contract/comparison.ts";
import { finishedInterval, live, withParams } from "./live.ts";
import { request } from "./request.ts";
import { runKeys } from "./run-queries.ts";

/** A run beside another; without `other` the last good one. Two runs are read for it, so it is asked for seldom. */
export function comparisonQuery(runId: string, other: string | undefined) {
  return queryOptions({
    ...live,
    queryKey: [...runKeys.run(runId), "compare", other ?? "last good"] as const,
    queryFn: ({ signal }) =>
      request(
        withParams(`/api/v1/runs/${encodeURIComponent(runId)}/compare`, { with: other }),
        comparisonResource,
        { signal },
      ),
    refetchInterval: ({ state: { data } }) =>
      finishedInterval() * Math.max(1, Math.ceil((data?.nodes.length ?? 0) / 1_500)),
    // Another choice keeps the table until its answer is there; another run must not show this one's.
    placeholderData: (previous, query) => (query?.queryKey[2] === runId ? previous : undefined),
  });
}
