import { queryOptions } from "@tanstack/react-query";
import { sourceDetail, sourceList } from "../contract/sources.ts";
import { live, openInterval } from "./live.ts";
import { request } from "./request.ts";

/** Counts are written once a second, and a list of sources is looked at, not watched. */
const lookAgain = () => openInterval(2);

const sourceKeys = {
  list: () => ["sources"] as const,
  source: (name: string) => ["sources", "one", name] as const,
};

/** All sources, those that ask for somebody first. */
export function sourceListQuery() {
  return queryOptions({
    ...live,
    queryKey: sourceKeys.list(),
    queryFn: ({ signal }) => request("/api/v1/sources", sourceList, { signal }),
    refetchInterval: lookAgain,
  });
}

/** One source with what it sent of late. */
export function sourceQuery(name: string) {
  return queryOptions({
    ...live,
    queryKey: sourceKeys.source(name),
    queryFn: ({ signal }) => request(`/api/v1/sources/${encodeURIComponent(name)}`, sourceDetail, { signal }),
    refetchInterval: lookAgain,
  });
}
