import type { JobRef } from "../events/event.ts";
import { jobId } from "../events/job-id.ts";
import type { AttemptState } from "./attempt-state.ts";
import { parentIdOf, type StoredAttempt } from "./attempt-view.ts";

/** The job that an attempt runs: as it said itself, else as another that named it said, the first in the map's order. */
export function jobNames(attempts: ReadonlyMap<string, StoredAttempt>): Map<string, JobRef> {
  const jobs = new Map<string, JobRef>();
  for (const { state } of attempts.values()) {
    const { facts } = state;
    for (const named of [facts.parent?.value, facts.root?.value]) {
      if (named?.job && !jobs.has(named.attemptId)) jobs.set(named.attemptId, named.job);
    }
  }
  for (const { state } of attempts.values()) if (state.facts.job) jobs.set(state.id, state.facts.job.value);
  return jobs;
}

/** What plans call the steps whose jobs they name: the keys by job, by the job of whoever told the plan. */
type KeysByJob = ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;

/** A job that a plan names for several of its steps tells none of them. */
function plannedKeys(
  attempts: ReadonlyMap<string, StoredAttempt>,
  jobs: ReadonlyMap<string, JobRef>,
): KeysByJob {
  const plans = new Map<string, Map<string, string | undefined>>();
  for (const { state } of attempts.values()) {
    const planner = jobs.get(state.id);
    if (!planner || !state.plan) continue;
    const keys = plans.get(jobId(planner)) ?? new Map<string, string | undefined>();
    for (const { key, job } of state.plan.value.nodes) {
      if (!job) continue;
      const id = jobId(job);
      keys.set(id, keys.has(id) && keys.get(id) !== key ? undefined : key);
    }
    if (keys.size > 0) plans.set(jobId(planner), keys);
  }
  return plans;
}

/**
 * What the source calls the step: its own key, else what the plan of its parent calls its job, else the job's name less
 * its parent's job name and a dot, with `[mapIndex]` or `[loopKey]` behind it.
 */
function labelOf(
  state: AttemptState,
  jobs: ReadonlyMap<string, JobRef>,
  parentId: string | undefined,
  planned: KeysByJob,
): { base: string; instance: string } {
  const { facts } = state;
  const name = jobs.get(state.id)?.name ?? state.id;
  const parentName =
    facts.parent?.value.job?.name ?? (parentId === undefined ? undefined : jobs.get(parentId)?.name);
  const own =
    parentName !== undefined &&
    name.length > parentName.length + 1 &&
    name[parentName.length] === "." &&
    name.startsWith(parentName)
      ? name.slice(parentName.length + 1)
      : name;
  const base = facts.nodeKey?.value ?? keyInPlan(state, jobs, parentId, planned) ?? own;
  const mapIndex = facts.mapIndex?.value;
  const loopKey = facts.loopKey?.value;
  const instance =
    mapIndex !== undefined && mapIndex >= 0 ? `[${mapIndex}]` : loopKey !== undefined ? `[${loopKey}]` : "";
  return { base, instance: base.endsWith(instance) ? "" : instance };
}

function keyInPlan(
  state: AttemptState,
  jobs: ReadonlyMap<string, JobRef>,
  parentId: string | undefined,
  planned: KeysByJob,
): string | undefined {
  if (planned.size === 0 || parentId === undefined) return undefined;
  const [job, parent] = [jobs.get(state.id), jobs.get(parentId)];
  return job && parent && planned.get(jobId(parent))?.get(jobId(job));
}

/** Where an attempt stands in its run's tree. */
export interface Place {
  readonly key: string;
  readonly label: string;
  /** The key of the mapped or looped step that it is an instance of. */
  readonly instanceOf?: string;
  readonly parentKey?: string;
  readonly parentId?: string;
}

/**
 * Gives each attempt of a run its node's key. Deeper levels join with `/`; a child that bears the root's own key
 * is told apart by repeating it.
 */
export function placeAttempts(
  rootId: string,
  attempts: ReadonlyMap<string, StoredAttempt>,
  jobs: ReadonlyMap<string, JobRef>,
): Map<string, Place> {
  const places = new Map<string, Place>();
  const planned = plannedKeys(attempts, jobs);
  const rootKey = jobs.get(rootId)?.name ?? rootId;
  places.set(rootId, { key: rootKey, label: rootKey });

  const parentOf = (state: AttemptState): string => {
    const named = parentIdOf(state);
    return named !== undefined && attempts.has(named) ? named : rootId;
  };

  const place = (state: AttemptState, named: string): void => {
    const parentId = places.has(named) ? named : rootId;
    const parent = parentId === rootId ? undefined : places.get(parentId);
    const { base, instance } = labelOf(state, jobs, parentId, planned);
    const path = parent ? `${parent.key}/${base}` : base === rootKey ? `${base}/${base}` : base;
    places.set(state.id, {
      key: path + instance,
      label: base + instance,
      ...(instance !== "" && { instanceOf: path }),
      ...(parent && { parentKey: parent.key }),
      parentId,
    });
  };

  for (const { state: start } of attempts.values()) {
    if (places.has(start.id)) continue;
    const above = parentOf(start);
    if (places.has(above)) {
      place(start, above);
      continue;
    }
    // Climb to the first ancestor that has its place, then come down again: no recursion, so that no depth is too deep.
    const climb: AttemptState[] = [];
    const met = new Set<string>();
    for (let state = start; !places.has(state.id) && !met.has(state.id); ) {
      met.add(state.id);
      climb.push(state);
      const parent = attempts.get(parentOf(state));
      if (!parent) break;
      state = parent.state;
    }
    for (const state of climb.reverse()) place(state, parentOf(state));
  }
  return places;
}
