/** What the address of a run's page can say. The page's search-params.ts judges it; here it is read and written. */

export const VIEWS = ["graph", "timeline", "events"] as const;
export const TABS = ["why", "attempts", "outputs", "cache", "life", "waits", "events", "record"] as const;
export const SCOPES = ["focus", "whole"] as const;
export const SHAPES = ["chart", "table"] as const;

export type View = (typeof VIEWS)[number];
export type Tab = (typeof TABS)[number];
export type Scope = (typeof SCOPES)[number];
export type Shape = (typeof SHAPES)[number];

export interface RunAddress {
  readonly node: string | undefined;
  readonly tab: Tab;
  readonly view: View;
  /** Undefined: whichever suits the run. */
  readonly scope: Scope | undefined;
  /** How the timeline is shown. */
  readonly as: Shape;
  /** As it was known at this instant; undefined for now. */
  readonly at: string | undefined;
  /** The part of the time that the timeline shows (lib/drawing/time-window.ts); undefined for all of it. */
  readonly window: string | undefined;
  /** The message that is open. */
  readonly event: string | undefined;
  /** Only messages of these types are listed, comma-separated; undefined for all. */
  readonly type: string | undefined;
  /** The earlier execution that the node's cache key is compared with; undefined for the nearest. */
  readonly baseline: string | undefined;
}

function oneOf<T extends string>(values: readonly T[], text: string | null): T | undefined {
  return values.find((value) => value === text);
}

export function readAddress(params: Pick<URLSearchParams, "get">): RunAddress {
  return {
    node: params.get("node") || undefined,
    tab: oneOf(TABS, params.get("tab")) ?? "why",
    view: oneOf(VIEWS, params.get("view")) ?? "graph",
    scope: oneOf(SCOPES, params.get("scope")),
    as: oneOf(SHAPES, params.get("as")) ?? "chart",
    at: params.get("at") || undefined,
    window: params.get("window") || undefined,
    event: params.get("event") || undefined,
    type: params.get("type") || undefined,
    baseline: params.get("baseline") || undefined,
  };
}

/** An address with something changed: what was chosen for one node is not asked of another. */
export function changed(address: RunAddress, change: Partial<RunAddress>): RunAddress {
  const next = { ...address, ...change };
  return next.node === address.node || "baseline" in change ? next : { ...next, baseline: undefined };
}

/** The query of an address: what is usual is left out, so that links stay short. */
export function writeAddress(address: RunAddress): string {
  const params = new URLSearchParams();
  const set = (name: string, value: string | undefined) => value !== undefined && params.set(name, value);
  set("node", address.node);
  if (address.tab !== "why") set("tab", address.tab);
  if (address.view !== "graph") set("view", address.view);
  set("scope", address.scope);
  if (address.as !== "chart") set("as", address.as);
  set("at", address.at);
  set("window", address.window);
  set("event", address.event);
  set("type", address.type);
  set("baseline", address.baseline);
  // These are legal in a query, and no chat ends a link at them (as it would at a bracket): left readable.
  return params
    .toString()
    .replaceAll("%2F", "/")
    .replaceAll("%3A", ":")
    .replaceAll("%7E", "~")
    .replaceAll("%2C", ",");
}

/** The page of a run, by its id, perhaps at one of its nodes. */
export function runPageHref(runId: string, address: Partial<RunAddress> = {}): string {
  const query = writeAddress({ ...readAddress(new URLSearchParams()), ...address });
  return `/runs/${encodeURIComponent(runId)}${query ? `?${query}` : ""}`;
}
