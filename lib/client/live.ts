/** How often an answer that may change is asked for again. */
export const OPEN_INTERVAL_MS = 2_000;
/** Late metadata and new attempts are rare, but they happen. */
export const FINISHED_INTERVAL_MS = 10_000;

/**
 * How often an open run is asked for again, by how many nodes it has: the answer grows with them (10,000 nodes are
 * some 4 MB), and a page that is busy reading answers is of no use to anybody.
 */
export function openRunInterval(nodes: number): number {
  return OPEN_INTERVAL_MS * Math.max(1, Math.ceil(nodes / 1_500));
}

/** Shared by every question whose answer changes with time. */
export const live = {
  // A hidden tab costs nothing; on return the stale answer is asked for at once.
  refetchIntervalInBackground: false,
  // The server often is this machine, or beside it: what the browser thinks of the internet says nothing.
  networkMode: "always",
} as const;

/** What was known at a past instant never changes. */
export const frozen = { staleTime: Number.POSITIVE_INFINITY, networkMode: "always" } as const;

/** `path?a=1&b=2`, leaving out what is absent. */
export function withParams(path: string, params: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) search.set(name, value);
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
