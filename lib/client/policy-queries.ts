import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { cleared, overrideResource, policyHistory, policyResource } from "../contract/policy.ts";
import { finishedInterval, live, withParams } from "./live.ts";
import { request } from "./request.ts";

export const policyKeys = { all: ["policy"] as const };

/** Every threshold, as it is defined and as it is set. */
export function policyQuery() {
  return queryOptions({
    ...live,
    queryKey: [...policyKeys.all, "now"] as const,
    queryFn: ({ signal }) => request("/api/v1/policy", policyResource, { signal }),
    refetchInterval: () => finishedInterval(),
  });
}

/** Who changed which threshold when, newest first, a page at a time. */
export function policyHistoryQuery() {
  return infiniteQueryOptions({
    ...live,
    queryKey: [...policyKeys.all, "history"] as const,
    queryFn: ({ signal, pageParam }) =>
      request(withParams("/api/v1/policy/history", { cursor: pageParam ?? undefined }), policyHistory, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

export interface Place {
  readonly threshold: string;
  readonly pipeline: string;
  readonly node: string | null;
  readonly who: string;
  readonly note: string;
}

/** Sets a threshold. Throws RequestError with the fields at fault. */
export function setThreshold({ threshold, ...body }: Place & { readonly value: number }) {
  return request(`/api/v1/policy/${encodeURIComponent(threshold)}`, overrideResource, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Takes away what is set for exactly these globs. */
export function clearThreshold({ threshold, pipeline, node, who, note }: Place) {
  const path = `/api/v1/policy/${encodeURIComponent(threshold)}`;
  return request(withParams(path, { pipeline, node: node ?? undefined, who, note }), cleared, {
    method: "DELETE",
  });
}
