import { queryOptions } from "@tanstack/react-query";
import { verdictHistory } from "../contract/verdict-history.ts";
import { frozen, live, openInterval, withParams } from "./live.ts";
import { request } from "./request.ts";
import { runKeys } from "./run-queries.ts";

export interface VerdictsAsked {
  /** Of one node: a run may have more changes than one answer lists. */
  readonly node?: string | undefined;
  /** As far as they had come by then. */
  readonly at?: string | undefined;
}

/** When which verdict of a run was opened, changed and closed. */
export function verdictHistoryQuery(runId: string, { node, at }: VerdictsAsked) {
  return queryOptions({
    ...(at === undefined ? live : frozen),
    queryKey: [...runKeys.run(runId), "verdicts", at ?? "now", node ?? null] as const,
    queryFn: ({ signal }) =>
      request(
        withParams(`/api/v1/runs/${encodeURIComponent(runId)}/verdicts`, { node, at }),
        verdictHistory,
        {
          signal,
        },
      ),
    // Changes are rare, and the answer itself is asked for beside it.
    refetchInterval: () => (at === undefined ? openInterval(2) : false),
  });
}
