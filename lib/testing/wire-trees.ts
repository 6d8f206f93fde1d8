/** Trees of OpenLineage messages, for fast-check: as producers send them, with all that goes wrong on the way. */
import fc from "fast-check";
import type { Instant } from "../base/instant.ts";
import type { Json } from "./lineage.ts";

/** One message as it is sent, and when it first reaches us. */
export interface WireMessage {
  readonly json: Json;
  readonly receivedAt: Instant;
}

/** How often a property is tried, and from which seed: always the same, unless `FAST_CHECK_SEED` names another. */
export function tries(numRuns: number): { seed: number; numRuns: number } {
  return { seed: Number(process.env["FAST_CHECK_SEED"] ?? 20_260_131), numRuns };
}

const BEGAN = Date.UTC(2026, 0, 31, 9, 0, 0);
const STEPS = ["load", "train", "score"] as const;

/** The part of each id that tells one copy of a tree from another. */
const MARK = /c0c0c0c0/gi;

/** The id of the n-th attempt: a UUID in either case, or a text with what a text may have around it. */
function idOf(n: number, isLoud = false): string {
  if (n % 3 === 2) return isLoud ? ` attempt ${n} of c0c0c0c0 ` : `attempt ${n} of c0c0c0c0`;
  const id = `c0c0c0c0-abcd-4000-8000-${String(n).padStart(12, "0")}`;
  return isLoud ? id.toUpperCase() : id;
}

/** The same tree with ids of its own, so that many can be told to one database, each in another order. */
export function copyOf(tree: readonly WireMessage[], copy: number): WireMessage[] {
  const mark = String(copy).padStart(8, "0");
  return tree.map(({ json, receivedAt }) => ({
    json: JSON.parse(JSON.stringify(json).replaceAll(MARK, mark)) as Json,
    receivedAt,
  }));
}

/** What an attempt says in its life: event types, each with its second. */
const LIVES: Readonly<Record<string, readonly (readonly [string | undefined, number])[]>> = {
  usual: [
    ["START", 0],
    ["RUNNING", 20],
    ["COMPLETE", 40],
  ],
  failed: [
    ["START", 0],
    ["FAIL", 30],
  ],
  "deferred: it starts twice under one id": [
    ["START", 0],
    ["START", 30],
    ["COMPLETE", 50],
  ],
  "told of at its end only": [["COMPLETE", 40]],
  "ended twice at one time": [
    ["START", 0],
    ["COMPLETE", 50],
    ["FAIL", 50],
  ],
  "ended twice, in contradiction": [
    ["ABORT", 40],
    ["COMPLETE", 45],
  ],
  "told of after its end": [
    ["COMPLETE", 40],
    ["OTHER", 50],
    [undefined, 50],
  ],
  "told to start after its end": [
    ["COMPLETE", 10],
    ["START", 20],
  ],
  waiting: [["OTHER", 0]],
  open: [["START", 0]],
  beating: [
    ["RUNNING", 10],
    ["RUNNING", 10],
    ["RUNNING", 20],
  ],
  "only named by others": [],
};

/** How a message names what its attempt is below. Old producers have another key, some leave parts out. */
const FAMILIES = [
  "whole",
  "without root",
  "without jobs",
  "old key",
  "root only",
  "first message only",
] as const;

const dataset = fc.constantFrom("a", "b", "c").map((name) => ({ namespace: "file", name }));
const second = fc.integer({ min: 0, max: 60 });
const iso = (s: number) => new Date(BEGAN + s * 1000).toISOString();

/** What a message may say beside its type: parts that are merged into it. */
interface Saying {
  readonly run?: Json;
  readonly job?: Json;
  readonly inputs?: readonly Json[];
  readonly outputs?: readonly Json[];
  readonly producer?: unknown;
}

/** What the attempts of a tree of this size may say; some of it speaks of other attempts. */
function sayings(size: number): fc.Arbitrary<Saying> {
  const other = fc.nat({ max: size });
  const edges = fc.subarray([
    { from: "load", to: "train" },
    { from: "train", to: "score", trigger: "all_done" },
    { from: "load", to: "score" },
  ]);
  const status = fc.constantFrom("HIT", "MISS", "POPULATED", "WAITING");
  const digest = fc.constantFrom("1", "2");
  return fc.oneof(
    fc.constant({}),
    edges.map((e) => ({
      run: { unstuck_plan: { nodes: STEPS.map((key) => ({ key, group: "g" })), edges: e } },
    })),
    fc.record({ status, digest, other }).map((c) => ({
      run: {
        unstuck_cache: {
          status: c.status,
          key: `k${c.digest}`,
          components: [{ name: "train.py", kind: "code", digest: c.digest }],
          reusedFrom: { runId: idOf(c.other) },
        },
      },
    })),
    fc.tuple(other, other, fc.boolean()).map(([up, down, named]) => ({
      run: {
        jobDependencies: {
          upstream: [
            { job: { namespace: "n", name: "flow.load" }, ...(named && { run: { runId: idOf(up, true) } }) },
          ],
          downstream: [{ job: { namespace: "n", name: "flow.score" }, run: { runId: idOf(down) } }],
        },
      },
    })),
    fc.constantFrom("one_success", "all_done").map((trigger_rule) => ({
      run: {
        airflow: { task: { upstream_task_ids: ["load"], downstream_task_ids: ["score"], trigger_rule } },
      },
    })),
    fc
      .record({ done: fc.nat({ max: 4 }), total: fc.constantFrom(5, 9), interval: fc.constantFrom(5, 10) })
      .map((b) => ({
        run: {
          unstuck_heartbeat: {
            interval: b.interval,
            progress: { done: b.done, total: b.total },
            cpuSeconds: b.done,
          },
        },
      })),
    fc
      .tuple(dataset, fc.constantFrom("declared", "writing", "written"), fc.nat({ max: 9 }))
      .map(([of, state, size]) => ({
        outputs: [{ ...of, outputFacets: { unstuck_output: { state, size, uri: `s3://${size}` } } }],
      })),
    fc.tuple(dataset, dataset, fc.nat({ max: 9 })).map(([from, to, size]) => ({
      inputs: [{ ...from, facets: { version: { datasetVersion: size } } }],
      outputs: [
        {
          ...to,
          facets: { version: { datasetVersion: size } },
          outputFacets: { outputStatistics: { size } },
        },
      ],
    })),
    fc.tuple(fc.constantFrom("queue", "lock"), second).map(([kind, s]) => ({
      run: { unstuck_wait: { kind, since: iso(s) }, unstuck_process: { host: kind, pid: s } },
    })),
    fc.tuple(fc.constantFrom("evicted", "preempted"), second).map(([kind, s]) => ({
      run: {
        unstuck_compute: { kind, at: iso(s), target: "node-1" },
        errorMessage: { message: `lost at ${s}` },
      },
    })),
    fc.constantFrom("success", "failed", "skipped", null).map((state) => ({
      run: { airflowState: { tasksState: { load: state, score: "success" } } },
    })),
    fc.constantFrom("STREAMING", "BATCH").map((processingType) => ({
      job: { jobType: { processingType, integration: "SPARK", jobType: processingType } },
      producer: `https://example.com/${processingType}`,
    })),
    // What cannot be read is noted, and the rest counts.
    fc.constantFrom("x", 7).map((bad) => ({
      run: { unstuck_attempt: { number: "one" }, nominalTime: bad, unstuck_heartbeat: bad },
      outputs: [{ namespace: "file", name: "" }],
      producer: bad,
    })),
  );
}

/** One attempt: where it hangs, what becomes of it, and what it says by the way. */
function attempts(size: number) {
  return fc.record({
    life: fc.constantFrom(...Object.keys(LIVES)),
    above: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat({ max: size })),
    step: fc.constantFrom(...STEPS),
    family: fc.constantFrom(...FAMILIES),
    // Some name a root that is one only for them: the next above them that they know.
    rootBelow: fc.constantFrom(0, 0, 0, 1, 2),
    // Retries with and without a number, instances of mapped steps, turns of loops.
    which: fc.constantFrom<Json>(
      ...[
        {},
        {},
        { number: 1 },
        { number: 2 },
        { mapIndex: 0 },
        { mapIndex: 1, number: 2 },
        { key: "fold=1" },
      ],
    ),
    // A clock that is right, one that is late, one that is in another zone, one that is half a second ahead.
    skewMs: fc.constantFrom(0, 0, -90_000, 3_600_000, 500),
    begins: fc.constantFrom(0, 0, 10, 45),
    source: fc.constantFrom("n", "n", "m"),
    says: fc.array(sayings(size), { minLength: 3, maxLength: 3 }),
    lagMs: fc.constantFrom(0, 40, 120_000),
    isLoud: fc.boolean(),
  });
}
type Spec = typeof attempts extends (size: number) => fc.Arbitrary<infer S> ? S : never;

/**
 * Trees of up to `size` attempts below a root: children with and without a root, roots and parents that are only named,
 * retries, mapped instances, skewed clocks, contradictions; and messages that tell of no attempt at all. In an order
 * that says nothing. A producer does not change its mind of what is above an attempt, save where `moving` says so.
 */
export function wireTrees(options: {
  size: number;
  most?: number;
  moving?: boolean;
}): fc.Arbitrary<WireMessage[]> {
  const { size, most = Number.POSITIVE_INFINITY, moving = false } = options;
  return fc
    .tuple(fc.array(attempts(size), { minLength: 2, maxLength: size + 1 }), fc.boolean())
    .map(([specs, alone]) => {
      const names = namesOf(specs);
      const messages = specs.flatMap((spec, n) => messagesOf(spec, n, specs, names, moving));
      return alone ? [...messages, jobMessage()] : messages;
    })
    .chain((messages) =>
      fc.shuffledSubarray(messages, {
        minLength: Math.min(messages.length, most),
        maxLength: Math.min(messages.length, most),
      }),
    )
    .filter((messages) => messages.length > 0);
}

/** The attempt above: one with a lesser number. The first is the root. */
function above(spec: Spec, n: number): number {
  return n === 0 ? 0 : spec.above % n;
}

function namesOf(specs: readonly Spec[]): string[] {
  const names: string[] = [];
  specs.forEach((spec, n) => {
    names.push(n === 0 ? "flow" : `${names[above(spec, n)]}.${spec.step}`);
  });
  return names;
}

function messagesOf(
  spec: Spec,
  n: number,
  specs: readonly Spec[],
  names: readonly string[],
  moving: boolean,
): WireMessage[] {
  const life = LIVES[spec.life] ?? [];
  return life.map(([eventType, at], i) => {
    const said: Saying = spec.says[i] ?? {};
    const occurred = BEGAN + (spec.begins + at) * 1000 + spec.skewMs;
    const up = moving && i === 1 ? n + 90 : above(spec, n);
    const facets = {
      ...(n > 0 && familyOf(spec, up, rootOf(n, specs), names, i)),
      ...(Object.keys(spec.which).length > 0 && { unstuck_attempt: spec.which }),
      ...said.run,
    };
    const json = {
      ...(eventType !== undefined && { eventType }),
      eventTime: new Date(occurred).toISOString(),
      producer: said.producer ?? "https://example.com/test",
      schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
      run: { runId: idOf(n, spec.isLoud && i === 0), facets },
      job: { namespace: specs[0] === spec ? "n" : spec.source, name: names[n], facets: said.job ?? {} },
      inputs: said.inputs ?? [],
      outputs: said.outputs ?? [],
    };
    return { json, receivedAt: (BEGAN + (spec.begins + at) * 1000 + spec.lagMs) as Instant };
  });
}

/** The root that an attempt names: that of the tree, or another that it is below. */
function rootOf(n: number, specs: readonly Spec[]): number {
  const path = [n];
  for (let at = n; at > 0; ) {
    const spec = specs[at];
    at = spec ? above(spec, at) : 0;
    path.unshift(at);
  }
  const wanted = specs[n]?.rootBelow ?? 0;
  return path[Math.min(wanted, Math.max(0, path.length - 2))] ?? 0;
}

function familyOf(spec: Spec, up: number, top: number, names: readonly string[], i: number): Json {
  const job = (n: number) => ({ namespace: "n", name: names[n] });
  const parent = { run: { runId: idOf(up, spec.isLoud) }, job: job(up) };
  const root = { run: { runId: idOf(top) }, job: job(top) };
  switch (spec.family) {
    case "whole":
      return { parent: { ...parent, root } };
    case "without root":
      return { parent };
    case "without jobs":
      return { parent: { run: parent.run, root: { run: root.run } } };
    case "old key":
      return { parentRun: { ...parent, root } };
    case "root only":
      return { parent: { ...root, root } };
    case "first message only":
      return i === 0 ? { parent: { ...parent, root } } : {};
  }
}

function jobMessage(): WireMessage {
  const json = { eventTime: iso(5), job: { namespace: "n", name: "flow c0c0c0c0", facets: {} }, outputs: [] };
  return { json, receivedAt: BEGAN as Instant };
}
