/** How the words of a told run (a-run.ts) are read. */
import { canonicalJson } from "../base/canonical-json.ts";
import { textDigest } from "../base/text-digest.ts";
import type { Sample } from "../diagnosis/baseline.ts";
import type { Original, Other, PastAttempt } from "../diagnosis/verdict.ts";
import type { CacheComponent, EventOf } from "../events/event.ts";
import type { Column } from "../projections/attempt-state.ts";
import {
  type OriginalOptions,
  type OtherOptions,
  type PastOptions,
  type PlanOptions,
  second,
} from "./a-run-options.ts";

/** A plan written as `a -> b -> c; a -> d`. */
export function readPlan(
  text: string,
  options: PlanOptions,
): Pick<EventOf<"plan.declared">, "nodes" | "edges"> {
  const edges: { from: string; to: string }[] = [];
  const keys = new Set<string>();
  for (const chain of text.split(";")) {
    const steps = chain.split("->").map((step) => step.trim());
    steps.forEach((to, i) => {
      if (to === "") return;
      keys.add(to);
      const from = steps[i - 1];
      if (from) edges.push({ from, to });
    });
  }
  const nodes = [...keys].map((key) => ({
    key,
    expectsEvents: !options.silent?.includes(key),
    ...(options.operators?.[key] !== undefined && { operator: options.operators[key] }),
    ...(options.triggers?.[key] !== undefined && { trigger: options.triggers[key] }),
  }));
  return { nodes, edges };
}

/** An earlier attempt; nth of its task. */
export function pastAttempt(task: string, past: PastOptions, nth: number): PastAttempt {
  const runId = past.run ?? `earlier-${nth}`;
  return {
    attemptId: `${runId}.${task}`,
    runId,
    outcome: past.outcome ?? "completed",
    reused: past.reused ?? false,
    startedAt: second(past.startedAt ?? -86_400),
    endedAt: second(past.endedAt ?? -86_000),
    wrote: (past.wrote ?? []).map((name) => `store\n${name}`),
    cacheKey: past.key ?? null,
    cacheStatus: past.cacheStatus ?? null,
    inputColumns: Object.fromEntries(
      Object.entries(past.columns ?? {}).map(([name, columns]) => [`store\n${name}`, columns.map(column)]),
    ),
    cacheComponents: componentsOf(past.components ?? {}),
    beatIntervalMs: past.beatEvery === undefined ? null : past.beatEvery * 1000,
    sample: past.reused ? null : sample(`${runId}.${task}#${nth}`, runId, past),
  };
}

function sample(attemptId: string, runId: string, past: PastOptions): Sample {
  const { startedAt = -86_400, endedAt = -86_000, outcome = "completed" } = past;
  const ms = (seconds: number | undefined) => (seconds === undefined ? null : seconds * 1000);
  return {
    attemptId,
    runId,
    endedAt: second(endedAt),
    durationMs: outcome === "completed" ? (endedAt - startedAt) * 1000 : null,
    delayMs: ms(past.delay),
    beatIntervalMs: ms(past.beatEvery),
    finalizingMs: ms(past.finalizing),
    logGapMs: ms(past.logGap),
    afterOutputsMs: ms(past.afterOutputs),
    outputs: past.wrote?.length ?? 0,
    parameters: past.parameters === undefined ? null : textDigest(canonicalJson(past.parameters)),
  };
}

/** `price decimal(10, 2)`: a name, and a type where one is told. */
export function column(text: string): Column {
  const [, name = text, type] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
  return { name, ...(type !== undefined && { type }) };
}

/** An attempt that a cache decision points to. */
export function original(attemptId: string, told: OriginalOptions): Original {
  return {
    attemptId,
    runId: attemptId.split(".")[0] ?? attemptId,
    status: told.status,
    startedAt: second(told.startedAt ?? -86_400),
    endedAt: told.endedAt === undefined ? null : second(told.endedAt),
    inputVersions: Object.fromEntries(
      Object.entries(told.read ?? {}).map(([name, version]) => [`store\n${name}`, version]),
    ),
  };
}

/** An attempt of another run. */
export function otherRun(attemptId: string, told: OtherOptions): Other {
  return {
    attemptId,
    runId: told.run ?? attemptId,
    pipeline: told.pipeline ?? "hourly",
    status: told.status,
    startedAt: second(told.startedAt ?? 0),
    endedAt: told.endedAt === undefined ? null : second(told.endedAt),
    state: told.state ?? null,
    headline: told.headline ?? null,
    behind: told.behind ?? [],
    waitsForUs: told.waitsForUs ?? false,
  };
}

export function baseOf(task: string): string {
  return (
    task
      .replace(/\[[^\]]*\]$/, "")
      .split("/")
      .at(-1) ?? task
  );
}

/** `train[2]` is instance 2 of `train`. */
export function mapIndexOf(task: string): number | undefined {
  const index = /\[(\d+)\]$/.exec(task)?.[1];
  return index === undefined ? undefined : Number(index);
}

export function dataset(name: string): { namespace: string; name: string } {
  return { namespace: "store", name };
}

/** Components by `kind:name` (or a kind alone), each with its digest. */
export function componentsOf(components: Readonly<Record<string, string>>): CacheComponent[] {
  return Object.entries(components).map(([id, digest]) => {
    const [kind = "other", name = kind] = id.split(":");
    return { kind: kind as CacheComponent["kind"], name, digest };
  });
}
