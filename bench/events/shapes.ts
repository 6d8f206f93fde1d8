/** Large runs of given shapes: some nodes done, some at work, the rest planned. As messages, so that all of it is real. */
import { type Json, type Named, Voice } from "./parts.ts";

export const SHAPES = ["wide", "chain", "lattice", "mapped", "crossed"] as const;
export type Shape = (typeof SHAPES)[number];

/** The share of a run that is done. */
const DONE = 0.6;
/** Steps of a run whose steps are mapped many times. */
const MAPPED_STEPS = 30;
const voice = new Voice("integration/shapes");
const NAMESPACE = "shapes";

interface Node {
  readonly key: string;
  readonly mapIndex?: number;
}

/** What a shape plans, and which attempts have been seen: those before `done` have ended, the others are at work. */
interface Drawn {
  readonly planned: readonly string[];
  readonly edges: readonly (readonly [from: string, to: string])[];
  readonly seen: readonly Node[];
  readonly done: number;
}

const key = (i: number): string => `step_${i}`;
const keys = (count: number): string[] => Array.from({ length: count }, (_, i) => key(i));

const DRAW: Readonly<Record<Shape, (size: number) => Drawn>> = {
  /** One step, very many behind it, and one that waits for all of them. */
  wide: (size) => {
    const planned = keys(size);
    const [first = key(0), last = key(0)] = [planned[0], planned[size - 1]];
    const middle = planned.slice(1, -1);
    const done = Math.round(size * DONE);
    return {
      planned,
      edges: middle.flatMap((k) => [[first, k] as const, [k, last] as const]),
      seen: planned.slice(0, done + 10).map((k) => ({ key: k })),
      done,
    };
  },
  chain: (size) => {
    const planned = keys(size);
    const done = Math.round(size * DONE);
    return {
      planned,
      edges: planned.slice(1).map((k, i) => [key(i), k] as const),
      seen: planned.slice(0, done + 1).map((k) => ({ key: k })),
      done,
    };
  },
  /** Layers in which each step waits for two of the layer before: diamonds all the way down. */
  lattice: (size) => {
    const width = size < 10_000 ? 20 : 100;
    const planned = keys(size);
    const done = Math.floor((size * DONE) / width) * width;
    return {
      planned,
      edges: planned.slice(width).flatMap((k, i) => {
        const column = i % width;
        return [[key(i), k] as const, [key(i - column + ((column + 1) % width)), k] as const];
      }),
      seen: planned.slice(0, done + 10).map((k) => ({ key: k })),
      done,
    };
  },
  /** Steps of very many instances each, with a step between them that waits for all. */
  mapped: (size) => mappedSteps(size, (step) => step % 2 === 1),
  /** The same without the steps between: each instance waits for all of the step before. */
  crossed: (size) => mappedSteps(size, () => true),
};

/** A short chain of steps, some of very many instances, of which the plan knows nothing. */
function mappedSteps(size: number, isMapped: (step: number) => boolean): Drawn {
  const planned = keys(MAPPED_STEPS);
  const begun = planned.slice(0, Math.round(MAPPED_STEPS * DONE));
  const mapped = begun.filter((_, step) => isMapped(step)).length;
  const each = Math.floor((size - MAPPED_STEPS + mapped) / mapped);
  const seen = begun.flatMap((k, step) =>
    isMapped(step) ? Array.from({ length: each }, (_, mapIndex) => ({ key: k, mapIndex })) : [{ key: k }],
  );
  return {
    planned,
    edges: planned.slice(1).map((k, i) => [key(i), k] as const),
    seen,
    done: seen.length - 10,
  };
}

/** A run of a shape with about so many nodes, whose root has this number. It began at `at`, ms. */
export function shapedRun(
  shape: Shape,
  size: number,
  number: number,
  at: number,
): { rootId: string; events: Iterable<Json>; again: (turn: number, now: number) => Json } {
  const drawn = DRAW[shape](size);
  const id = (n: number) =>
    `0000${String(number).padStart(4, "0")}-0000-4000-8000-${String(n).padStart(12, "0")}`;
  const root: Named = { runId: id(0), job: { namespace: NAMESPACE, name: `${shape}_${size}` } };
  const nameOf = (node: Node): Named["job"] => ({
    namespace: NAMESPACE,
    name: `${root.job.name}.${node.key}`,
  });
  const event = (type: string, second: number, n: number, node: Node, more: Json = {}): Json =>
    voice.event({
      type,
      at: at + second * 1000,
      of: { runId: id(n), job: nameOf(node) },
      run: {
        parent: voice.parent(root, root),
        unstuck_attempt: {
          nodeKey: node.key,
          number: 1,
          ...(node.mapIndex !== undefined && { mapIndex: node.mapIndex }),
        },
        ...more,
      },
      jobFacets: {},
      outputs: [{ namespace: "s3://shapes", name: `${root.job.name}/${n}` }],
    });
  function* events(): Generator<Json> {
    const nodes = drawn.planned.map((k) => ({ key: k }));
    const edges = drawn.edges.map(([from, to]) => ({ from, to }));
    yield voice.event({
      type: "START",
      at,
      of: root,
      run: {},
      jobFacets: { unstuck_plan: { nodes, edges } },
    });
    for (const [i, node] of drawn.seen.entries()) {
      const isDone = i < drawn.done;
      yield event("START", 1, i + 1, node, isDone ? {} : { unstuck_heartbeat: { interval: 10 } });
      if (isDone) yield event("COMPLETE", 60, i + 1, node);
    }
  }
  return {
    rootId: root.runId,
    events: events(),
    // The last one at work says something: the run is not what it was.
    again: (turn, now) => {
      const last = drawn.seen.length - 1;
      const node = drawn.seen[last] ?? { key: key(0) };
      return { ...event("OTHER", 0, last + 1, node), eventTime: new Date(now + turn).toISOString() };
    },
  };
}
