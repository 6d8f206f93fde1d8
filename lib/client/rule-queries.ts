import { queryOptions } from "@tanstack/react-query";
import { ruleList } from "../contract/rules.ts";
import { frozen } from "./live.ts";
import { request } from "./request.ts";

/** The catalogue comes with the server's version; it does not change under an open page. */
export function ruleListQuery() {
  return queryOptions({
    ...frozen,
    queryKey: ["rules"] as const,
    queryFn: ({ signal }) => request("/api/v1/rules", ruleList, { signal }),
  });
}
