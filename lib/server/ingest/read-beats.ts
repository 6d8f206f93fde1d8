import { type Instant, parseInstant } from "../../base/instant.ts";
import { type Beat, beat, beats, MOST_BEATS } from "../../contract/heartbeats.ts";
import type { Problem } from "../../contract/problem.ts";
import { type BeatSum, BeatSums } from "../../projections/beat-sum.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";

type Problems = Problem["problems"];

/** The beats of a body, added up by attempt, and what of it was left out. */
export interface BeatsRead {
  readonly sums: readonly BeatSum[];
  readonly accepted: number;
  readonly problems: Problems;
}

/** The most that an answer lists of what was left out. */
const MOST_LISTED = 1_000;

/**
 * Reads the body of a request for heartbeats. Each beat is judged alone: one that is bad must not silence thousands of
 * others. Of a beat without an id or with a time that is none nothing can be kept; what else is bad in it is left out.
 */
export function readBeats(json: unknown, receivedAt: Instant): BeatsRead {
  const sums = new BeatSums(receivedAt);
  let accepted = 0;
  const problems: Problems = [];
  const add = (given: Beat, i: number): void => {
    const at = given.at === undefined ? receivedAt : parseInstant(given.at);
    const attemptId = normaliseRunId(given.runId);
    if (at === undefined)
      problems.push({
        path: `beats[${i}].at`,
        reason: `expected an ISO 8601 date-time, got ${JSON.stringify(given.at)}`,
      });
    if (at === undefined || attemptId === undefined) return;
    const { interval, progress, cpuSeconds, rssBytes } = given;
    const intervalMs = interval === undefined ? undefined : interval * 1000;
    sums.add(attemptId, at, { progress, cpuSeconds, rssBytes, intervalMs });
    accepted += 1;
  };

  const whole = beats.safeParse(json);
  if (whole.success) whole.data.beats.forEach(add);
  else {
    const list = listOf(json);
    if (list) {
      for (const [i, item] of list.entries()) {
        const read = readOne(item, `beats[${i}]`);
        problems.push(...read.problems);
        if (read.beat) add(read.beat, i);
      }
    } else problems.push(...problemsOf(whole.error, ""));
  }
  return { sums: sums.all, accepted, problems: problems.slice(0, MOST_LISTED) };
}

/** The list of a body, where it has one of a size that may be. */
function listOf(json: unknown): readonly unknown[] | undefined {
  if (typeof json !== "object" || json === null || !("beats" in json)) return undefined;
  const { beats: list } = json;
  return Array.isArray(list) && list.length > 0 && list.length <= MOST_BEATS ? list : undefined;
}

/** A beat without what is bad in it; none where that is all of it, its id or its time. */
function readOne(item: unknown, at: string): { beat: Beat | undefined; problems: Problems } {
  const read = beat.safeParse(item);
  if (read.success) return { beat: read.data, problems: [] };
  const problems = problemsOf(read.error, at);
  const bad = new Set(read.error.issues.map(({ path: [field] }) => field));
  if (typeof item !== "object" || item === null || bad.has(undefined) || bad.has("runId") || bad.has("at"))
    return { beat: undefined, problems };
  const rest = Object.fromEntries(Object.entries(item).filter(([field]) => !bad.has(field)));
  return { beat: beat.safeParse(rest).data, problems };
}

interface Issues {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

function problemsOf({ issues }: Issues, at: string): Problems {
  return issues.map(({ path, message }) => ({ path: pathOf(path, at), reason: message }));
}

function pathOf(path: readonly PropertyKey[], at: string): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, at);
}
