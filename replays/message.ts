/** Raw OpenLineage messages, and what becomes of them on the way to us. */
import { createHash } from "node:crypto";
import type { Json, Received } from "./scenario.ts";

/** Second 0 of every scenario. */
const ORIGIN = Date.UTC(2026, 2, 2, 2, 0, 0);

export const minutes = (n: number): number => n * 60;
export const hours = (n: number): number => n * 3_600;
export const days = (n: number): number => n * 86_400;

/** An instant of a scenario, ms. */
export function second(at: number): number {
  return Math.round(ORIGIN + at * 1000);
}

/** As most producers write it. */
export function iso(at: number): string {
  return new Date(second(at)).toISOString();
}

/** The id of a run by its name: the same each time, as Airflow's are. */
export function uuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

interface Job {
  readonly namespace: string;
  readonly name: string;
}
interface Above extends Job {
  readonly run: string;
}

/** An output: only listed where no more is said. */
export interface Output {
  readonly name: string;
  readonly namespace?: string;
  readonly facets?: Json;
  readonly outputFacets?: Json;
}

export interface Parts {
  readonly at: number;
  /** Seconds from happening to receipt; 0.2 where left out. */
  readonly lag?: number;
  readonly type?: string;
  readonly run: string;
  readonly job: Job;
  readonly parent?: Above;
  readonly root?: Above;
  readonly facets?: Json;
  readonly jobFacets?: Json;
  readonly inputs?: readonly (string | Output)[];
  readonly outputs?: readonly (string | Output)[];
  readonly producer?: string;
  /** How the producer writes the time; ISO in UTC with milliseconds where left out. */
  readonly time?: string;
  readonly store?: string;
}

/** One run event as its producer posts it. */
export function message(parts: Parts): Received {
  const { at, lag = 0.2, type, run, job, parent, root, facets = {}, jobFacets = {} } = parts;
  const { producer = "https://example.test/pipelines", store = "s3://lake" } = parts;
  const facet = (own: Json) => ({
    _producer: producer,
    _schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunFacet",
    ...own,
  });
  const all = (given: Json) =>
    Object.fromEntries(Object.entries(given).map(([key, own]) => [key, facet(own as Json)]));
  const ref = ({ run: runId, namespace, name }: Above) => ({ run: { runId }, job: { namespace, name } });
  const dataset = (given: string | Output) =>
    typeof given === "string" ? { namespace: store, name: given } : { namespace: store, ...given };
  return {
    at: at + lag,
    json: {
      ...(type !== undefined && { eventType: type }),
      eventTime: parts.time ?? iso(at),
      producer,
      schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
      run: {
        runId: run,
        facets: all({
          ...(parent && { parent: { ...ref(parent), root: ref(root ?? parent) } }),
          ...facets,
        }),
      },
      job: { namespace: job.namespace, name: job.name, facets: all(jobFacets) },
      inputs: (parts.inputs ?? []).map(dataset),
      outputs: (parts.outputs ?? []).map(dataset),
    },
  };
}

/** The facet by which an attempt says that it waits. */
export function wait(kind: string, more: Json = {}): Json {
  return { unstuck_wait: { kind, ...more } };
}

/** Rows and bytes written: the strongest proof that the standard has. */
export function counted(name: string, rowCount = 1200): Output {
  return { name, outputFacets: { outputStatistics: { rowCount, size: rowCount * 64, fileCount: 1 } } };
}

/** What a probe of the store saw, or what the producer says of it in our own facet. */
export function probed(
  name: string,
  state: "declared" | "writing" | "written",
  seen: { modifiedAt?: number; size?: number; writtenBy?: string; seenBy?: string } = {},
): Output {
  const { modifiedAt, writtenBy, ...rest } = seen;
  const own = {
    state,
    uri: `s3://lake/${name}`,
    ...rest,
    ...(modifiedAt !== undefined && { modifiedAt: iso(modifiedAt) }),
    ...(writtenBy !== undefined && { writtenBy: { runId: writtenBy } }),
  };
  return { name, outputFacets: { unstuck_output: own } };
}

type Log = readonly (Received | readonly Received[])[];

/** The same, where the producer's clock is so many seconds ahead of ours (behind, where less than 0). */
export function withClock(ahead: number, ...log: Log): Received[] {
  return log.flat().map(({ json, at }) => ({ at, json: shifted(json, ahead) as Json }));
}

function shifted(value: unknown, seconds: number): unknown {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(value))
    return new Date(Date.parse(value) + seconds * 1000).toISOString();
  if (Array.isArray(value)) return value.map((one) => shifted(one, seconds));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, shifted(own, seconds)]));
  return value;
}

/** The same, all received in one go: an import, or an upload of what a client had kept. */
export function importedAt(at: number, ...log: Log): Received[] {
  return log.flat().map((one, i) => ({ ...one, at: at + i / 1000 }));
}

/** The same, where nothing came through between two instants: what was sent then was kept and came afterwards. */
export function heldBack(from: number, to: number, ...log: Log): Received[] {
  return log
    .flat()
    .map((one) => (one.at >= from && one.at < to ? { ...one, at: to + (one.at - from) / 1e4 } : one));
}

/** The same, where what was sent between two instants never came. */
export function lostBetween(from: number, to: number, ...log: Log): Received[] {
  return log.flat().filter(({ at }) => at < from || at >= to);
}

/** The same, posted again five times within 21 s, as the Python client does after its time-outs. */
export function postedAgain(...log: Log): Received[] {
  return log
    .flat()
    .flatMap((one) => [0, 5.3, 10.9, 16.5, 18, 21].map((later) => ({ ...one, at: one.at + later })));
}

/** The same in another order of receipt: each takes the receipt time of another. */
export function receivedInReverse(...log: Log): Received[] {
  const all = log.flat();
  const times = all.map(({ at }) => at).sort((a, b) => b - a);
  const byTime = [...all].sort((a, b) => a.at - b.at);
  return byTime.map((one, i) => ({ ...one, at: times[i] ?? one.at }));
}

/** A message with another run facet, or with one less where the value is undefined. */
export function withRunFacet({ json, at }: Received, key: string, value: Json | undefined): Received {
  const run = json["run"] as { runId: string; facets: Json };
  const { [key]: _before, ...rest } = run.facets;
  return {
    at,
    json: { ...json, run: { ...run, facets: value === undefined ? rest : { ...rest, [key]: value } } },
  };
}

/** A message of a tree's root, told as that of a child of another attempt. */
export function below(message: Received, run: string, namespace: string, name: string): Received {
  return withRunFacet(message, "parent", { run: { runId: run }, job: { namespace, name } });
}

/** The same message of a run with another id. */
export function withRunId({ json, at }: Received, runId: string): Received {
  return { at, json: { ...json, run: { ...(json["run"] as Json), runId } } };
}
