import { compact } from "../../base/compact.ts";
import { LONGEST_TEXT } from "../../base/storable-text.ts";
import type { Told } from "../../events/event.ts";
import type { Envelope } from "./envelope.ts";
import type { FacetsOfRun } from "./facets.ts";

/** Our own facet, else the one sign of a cache that the standard's world has: BigQuery answered from its cache. */
export function cacheDecision({ cache, bigQuery }: FacetsOfRun, envelope: Envelope): Told[] {
  if (!cache) {
    if (bigQuery?.cached !== true) return [];
    const reason = "BigQuery answered from its cache of query results";
    return [{ ...envelope, type: "cache.decided", status: "HIT", components: [], reason }];
  }
  const { status, key, reason, reusedFrom } = cache;
  return [
    {
      ...envelope,
      type: "cache.decided",
      status,
      components: (cache.components ?? []).map(({ name, kind, digest, value }) => ({
        name,
        kind,
        digest,
        ...compact({ value }),
      })),
      ...compact({ key, reason }),
      ...(reusedFrom && {
        reusedFrom: { attemptId: reusedFrom.runId, ...compact({ nodeKey: reusedFrom.nodeKey }) },
      }),
    },
  ];
}

/** The source's own word for the attempt's state. */
export function stateTold({ attempt }: FacetsOfRun, envelope: Envelope): Told[] {
  const state = attempt?.state;
  return state ? [{ ...envelope, type: "state.told", state }] : [];
}

export function wait({ wait: given }: FacetsOfRun, envelope: Envelope): Told[] {
  if (!given) return [];
  const { kind, on, holder, since, until } = given;
  return [
    {
      ...envelope,
      type: "wait.reported",
      kind,
      ...compact({ on, since, until }),
      ...(holder && { holder: compact({ attemptId: holder.runId, job: holder.job, url: holder.url }) }),
    },
  ];
}

/** It happened when it says that it did, which may be well before the message that tells of it. */
export function compute({ compute: given }: FacetsOfRun, envelope: Envelope): Told[] {
  if (!given) return [];
  const { kind, at, target, message, count } = given;
  const occurredAt = at ?? envelope.occurredAt;
  return [
    { ...envelope, occurredAt, type: "compute.reported", kind, ...compact({ target, message, count }) },
  ];
}

export function process({ process: given }: FacetsOfRun, envelope: Envelope): Told[] {
  if (!given) return [];
  // Of a log it is the end that tells what happened.
  const logTail = given.logTail?.slice(-LONGEST_TEXT);
  return [{ ...envelope, type: "process.reported", ...compact({ ...given, logTail }) }];
}
