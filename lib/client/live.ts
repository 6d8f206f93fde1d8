/** How often an answer that may change is asked for again, where nobody tells of changes. */
const OPEN_MS = 2_000;
/** Late metadata and new attempts are rare, but they happen. */
const FINISHED_MS = 10_000;
/** Where changes are told: for the words that only time changes, and should a change have been missed. */
const TOLD_MS = 15_000;

let isStreaming = false;

/** Whether changes of what the page shows are told, so that it need not ask for them. */
export function noteStreaming(is: boolean): void {
  isStreaming = is;
}

/** How often to ask again for what has not ended. `pages` of a list are asked for together: the more, the less often. */
export function openInterval(pages = 1): number {
  return atLeast(OPEN_MS * pages);
}

/** How often to ask again for what has ended. */
export function finishedInterval(pages = 1): number {
  return atLeast(Math.max(FINISHED_MS, OPEN_MS * pages));
}

/**
 * How often an open run is asked for again, by how many nodes it has: the answer grows with them (10,000 nodes are
 * some 4 MB), and a page that is busy reading answers is of no use to anybody.
 */
export function openRunInterval(nodes: number): number {
  return atLeast(OPEN_MS * Math.max(1, Math.ceil(nodes / 1_500)));
}

function atLeast(ms: number): number {
  return isStreaming ? Math.max(ms, TOLD_MS) : ms;
}

/** Shared by every question whose answer changes with time. */
export const live = {
  // A hidden tab costs nothing; on return the stale answer is asked for at once.
  refetchIntervalInBackground: false,
  // The server often is this machine, or beside it: what the browser thinks of the internet says nothing.
  networkMode: "always",
  meta: { isLive: true },
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
