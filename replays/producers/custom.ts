/** A pipeline of one's own: it sends OpenLineage with our facets, and beats by RUNNING events. */
import { message, type Output, type Parts, uuid } from "../message.ts";
import type { Json, Received } from "../scenario.ts";

export interface Say {
  readonly try?: number | null;
  readonly map?: number;
  readonly facets?: Json;
  readonly jobFacets?: Json;
  readonly inputs?: readonly (string | Output)[];
  readonly outputs?: readonly (string | Output)[];
  readonly lag?: number;
  readonly time?: string;
  /** Beats are promised at this interval, s. */
  readonly interval?: number;
  readonly maxAttempts?: number;
  readonly error?: string;
}

export interface Step {
  readonly id: (attempt?: number) => string;
  readonly says: (type: string | undefined, at: number, say?: Say) => Received;
  readonly starts: (at: number, say?: Say) => Received;
  readonly completes: (at: number, say?: Say) => Received;
  readonly fails: (at: number, say?: Say) => Received;
  /** Beats from an instant to another, both included. */
  readonly beats: (from: number, to: number, every: number, say?: Say) => Received[];
  /** Starts, beats and completes. */
  readonly runs: (from: number, to: number, every?: number, say?: Say) => Received[];
}

export interface PlanOf {
  readonly [key: string]: readonly string[];
}

export interface Options {
  readonly run?: string;
  readonly namespace?: string;
  readonly producer?: string;
  readonly jobType?: Json;
}

/** A pipeline by its name; a second run of it by another `run`. */
export function pipeline(name: string, options: Options = {}) {
  const { run = "1", namespace = "ml-prod", producer, jobType } = options;
  const own = { run: uuid(`${name} ${run}`), namespace, name };
  const common = { ...(producer !== undefined && { producer }), ...(jobType && { jobFacets: { jobType } }) };
  const root = stepOf(name, { ...own, ...common }, undefined, `${name} ${run}`);
  return {
    ...root,
    run: own.run,
    above: own,
    /** A step directly below the root, or below another step. */
    step: (key: string, parent: { run: string; name: string } = own): Step =>
      stepOf(
        key,
        { namespace, name: `${parent.name}.${key}`, ...(producer !== undefined && { producer }) },
        { ...own, ...parent },
        `${name} ${run} ${parent.name}.${key}`,
        own,
      ),
    /** The facet that tells the DAG. */
    plan: (
      edges: PlanOf,
      more: { triggers?: Json; silent?: readonly string[]; groups?: Json } = {},
    ): Json => ({
      unstuck_plan: {
        nodes: [...new Set([...Object.keys(edges), ...Object.values(edges).flat()])].map((key) => ({
          key,
          ...(more.silent?.includes(key) && { expectsEvents: false }),
          ...(more.groups?.[key] !== undefined && { group: more.groups[key] }),
        })),
        edges: Object.entries(edges).flatMap(([from, after]) =>
          after.map((to) => ({
            from,
            to,
            ...(more.triggers?.[to] !== undefined && { trigger: more.triggers[to] }),
          })),
        ),
      },
    }),
  };
}

function stepOf(
  key: string,
  job: { namespace: string; name: string; producer?: string; jobFacets?: Json },
  parent: Parts["parent"] | undefined,
  seed: string,
  root?: Parts["parent"],
): Step {
  const id = (attempt = 1) => (attempt === 1 && !parent ? uuid(seed) : uuid(`${seed} ${attempt}`));
  const says: Step["says"] = (type, at, say = {}) => {
    const number = say.try === undefined ? 1 : say.try;
    const attempt = {
      ...(number !== null && { number }),
      ...(say.map !== undefined && { mapIndex: say.map }),
      ...(say.maxAttempts !== undefined && { maxAttempts: say.maxAttempts }),
    };
    const map = say.map === undefined ? "" : ` [${say.map}]`;
    return message({
      ...job,
      at,
      job: { namespace: job.namespace, name: job.name },
      ...(type !== undefined && { type }),
      ...(say.lag !== undefined && { lag: say.lag }),
      ...(say.time !== undefined && { time: say.time }),
      run: map === "" ? id(number ?? 1) : uuid(`${seed} ${number ?? 1}${map}`),
      ...(parent && { parent, ...(root && { root }) }),
      facets: {
        ...(parent && Object.keys(attempt).length > 0 && { unstuck_attempt: { nodeKey: key, ...attempt } }),
        ...(say.interval !== undefined && { unstuck_heartbeat: { interval: say.interval } }),
        ...(say.error !== undefined && {
          errorMessage: { message: say.error, programmingLanguage: "PYTHON" },
        }),
        ...say.facets,
      },
      jobFacets: { ...job.jobFacets, ...say.jobFacets },
      ...(say.inputs && { inputs: say.inputs }),
      ...(say.outputs && { outputs: say.outputs }),
    });
  };
  const beats: Step["beats"] = (from, to, every, say = {}) => {
    const { outputs: _outputs, ...rest } = say;
    const times: number[] = [];
    for (let at = from; at <= to; at += every) times.push(at);
    return times.map((at) => says("RUNNING", at, { interval: every, ...rest }));
  };
  return {
    id,
    says,
    beats,
    starts: (at, say) => says("START", at, say),
    completes: (at, say) => says("COMPLETE", at, say),
    fails: (at, say) => says("FAIL", at, say),
    runs: (from, to, every, say = {}) => {
      const { outputs, ...rest } = say;
      const first = every === undefined ? rest : { ...rest, interval: every };
      return [
        says("START", from, first),
        ...(every === undefined ? [] : beats(from + every, to - 1, every, rest)),
        says("COMPLETE", to, { ...rest, ...(outputs && { outputs }) }),
      ];
    },
  };
}
