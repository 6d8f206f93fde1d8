/** Large runs of given shapes: some nodes done, some at work, the rest planned. As messages, so that all of it is real. */
import { type Json, type Named, Voice } from "./parts.ts";

export const SHAPES = ["wide", "chain", "lattice", "mapped", "crossed"] as const;
/** `woven` is a lattice in which each step waits for three: what pages are to draw. */
export type Shape = (typeof SHAPES)[number] | "woven";

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

const DRAW: Readonly<Record<Shape, (size: number, share: number) => Drawn>> = {
  /** One step, very many behind it, and one that waits for all of them. */
  wide: (size, share) => {
    const planned = keys(size);
    const [first = key(0), last = key(0)] = [planned[0], planned[size - 1]];
    const middle = planned.slice(1, -1);
    const done = Math.round(size * share);
    return {
      planned,
      edges: middle.flatMap((k) => [[first, k] as const, [k, last] as const]),
      seen: planned.slice(0, done + 10).map((k) => ({ key: k })),
      done,
    };
  },
  chain: (size, share) => {
    const planned = keys(size);
    const done = Math.round(size * share);
    return {
      planned,
      edges: planned.slice(1).map((k, i) => [key(i), k] as const),
      seen: planned.slice(0, done + 1).map((k) => ({ key: k })),
      done,
    };
  },
  /** Layers in which each step waits for two of the layer before: diamonds all the way down. */
  lattice: (size, share) => layered(size, share, 2),
  woven: (size, share) => layered(size, share, 3),
  /** Steps of very many instances each, with a step between them that waits for all. */
  mapped: (size, share) => mappedSteps(size, share, (step) => step % 2 === 1),
  /** The same without the steps between: each instance waits for all of the step before. */
  crossed: (size, share) => mappedSteps(size, share, () => true),
};

function layered(size: number, share: number, parents: number): Drawn {
  const width = size < 10_000 ? 20 : 100;
  const planned = keys(size);
  const done = Math.floor((size * share) / width) * width;
  return {
    planned,
    edges: planned.slice(width).flatMap((k, i) => {
      const column = i % width;
      return Array.from(
        { length: parents },
        (_, nth) => [key(i - column + ((column + nth) % width)), k] as const,
      );
    }),
    seen: planned.slice(0, done + 10).map((k) => ({ key: k })),
    done,
  };
}

/** A short chain of steps, some of very many instances, of which the plan knows nothing. */
function mappedSteps(size: number, share: number, isMapped: (step: number) => boolean): Drawn {
  const planned = keys(MAPPED_STEPS);
  const begun = planned.slice(0, Math.round(MAPPED_STEPS * share));
  const mapped = begun.filter((_, step) => isMapped(step)).length;
  const each = Math.floor((size - MAPPED_STEPS + mapped) / mapped);
  const seen = begun.flatMap((k, step) =>
    isMapped(step) ? Array.from({ length: each }, (_, mapIndex) => ({ key: k, mapIndex })) : [{ key: k }],
  );
  return {
    planned,
    edges: planned.slice(1).map((k, i) => [key(i), k] as const),
    seen,
    done: share < 1 ? seen.length - 10 : seen.length,
  };
}

export interface ShapedOptions {
  /** All of it is done, and the run has ended. */
  readonly ended?: boolean;
  /** Pipelines of other variants have other names, and steps of other names: no layout of one fits another. */
  readonly variant?: number;
}

export interface ShapedRun {
  readonly rootId: string;
  readonly pipeline: string;
  readonly events: Iterable<Json>;
  /** The last one at work says something: the run is not what it was. */
  readonly again: (turn: number, now: number) => Json;
  /** One step ends, and the next planned one begins; nothing where none is left. Each turn once, in order. */
  readonly goOn: (turn: number, now: number) => Json[];
}

/** A run of a shape with about so many nodes, whose root has this number. It began at `at`, ms. */
export function shapedRun(
  shape: Shape,
  size: number,
  number: number,
  at: number,
  { ended = false, variant }: ShapedOptions = {},
): ShapedRun {
  const drawn = DRAW[shape](size, ended ? 1 : DONE);
  const named = (k: string): string => (variant === undefined ? k : `${k}_of_${variant}`);
  const id = (n: number) =>
    `0000${String(number).padStart(4, "0")}-0000-4000-8000-${String(n).padStart(12, "0")}`;
  const root: Named = { runId: id(0), job: { namespace: NAMESPACE, name: named(`${shape}_${size}`) } };
  const nameOf = (node: Node): Named["job"] => ({
    namespace: NAMESPACE,
    name: `${root.job.name}.${named(node.key)}`,
  });
  const event = (type: string, second: number, n: number, node: Node, more: Json = {}): Json =>
    voice.event({
      type,
      at: at + second * 1000,
      of: { runId: id(n), job: nameOf(node) },
      run: {
        parent: voice.parent(root, root),
        unstuck_attempt: {
          nodeKey: named(node.key),
          number: 1,
          ...(node.mapIndex !== undefined && { mapIndex: node.mapIndex }),
        },
        ...more,
      },
      jobFacets: {},
      outputs: [{ namespace: "s3://shapes", name: `${root.job.name}/${n}` }],
    });
  function* events(): Generator<Json> {
    const nodes = drawn.planned.map((k) => ({ key: named(k) }));
    const edges = drawn.edges.map(([from, to]) => ({ from: named(from), to: named(to) }));
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
    if (ended) yield voice.event({ type: "COMPLETE", at: at + 61_000, of: root, run: {}, jobFacets: {} });
  }
  const since = (now: number): number => (now - at) / 1000;
  return {
    rootId: root.runId,
    pipeline: root.job.name,
    events: events(),
    again: (turn, now) => {
      const last = drawn.seen.length - 1;
      return event("OTHER", since(now + turn), last + 1, drawn.seen[last] ?? { key: key(0) });
    },
    goOn: (turn, now) => {
      const next = drawn.seen.length + turn;
      const ends = drawn.seen[drawn.done + turn] ?? { key: key(drawn.done + turn) };
      if (next >= drawn.planned.length) return [];
      return [
        event("COMPLETE", since(now), drawn.done + turn + 1, ends),
        event("START", since(now), next + 1, { key: key(next) }),
      ];
    },
  };
}
