import type { QueryClient } from "@tanstack/react-query";
import { runQuery } from "@/lib/client/run-queries";
import type { RunSummary } from "@/lib/contract/runs";

/**
 * Up to so many nodes a run's page brings its answer along. That of a larger one is asked for by the page: as mere data it
 * is written and read in half the time.
 */
export const COMES_WITH_PAGE = 1_500;

/** A press on a run's link becomes a click: its page will ask for what it does not bring along. */
export function askAhead(client: QueryClient, run: Pick<RunSummary, "id" | "nodesTotal">): void {
  if (run.nodesTotal > COMES_WITH_PAGE) void client.prefetchQuery(runQuery(run.id));
}
