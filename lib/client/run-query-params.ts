import { joinNames } from "../contract/name-list.ts";
import type { RunQuery } from "../contract/runs.ts";

/** The filters of the run list, without its paging. */
export type RunFilters = Pick<RunQuery, "q" | "state" | "rule" | "pipeline" | "source" | "within">;

export const NO_FILTERS: RunFilters = { state: [], rule: [], pipeline: [], source: [] };

/** Runs to a page of the list; more than a screen holds, less than one waits for. */
export const RUN_PAGE_SIZE = 50;

/**
 * Filters as the page's address and the API both write them; what is not filtered by is left out.
 * Lists are joined as the contract has it (name-list.ts).
 */
export function writeRunFilters(filters: RunFilters): URLSearchParams {
  const params = new URLSearchParams();
  if (filters.q) params.set("q", filters.q);
  for (const name of ["state", "rule", "pipeline", "source"] as const) {
    if (filters[name].length > 0) params.set(name, joinNames(filters[name]));
  }
  if (filters.within) params.set("within", filters.within);
  return params;
}
