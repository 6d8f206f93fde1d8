import { readFileSync } from "node:fs";
import type { Told } from "../events/event.ts";
import { translate } from "../sources/openlineage/translate.ts";
import { readMessage } from "../sources/openlineage/wire.ts";

export type Json = Record<string, unknown>;
type ToldOf<T extends Told["type"]> = Extract<Told, { type: T }>;

/** The run id of `lineageMessage`. */
export const RUN_ID = "0198a5a0-2000-7000-8000-000000000001";

/** One of the example messages of lib/sources/openlineage/examples, by its name. */
export function lineageExample(name: string): unknown {
  const file = new URL(`../sources/openlineage/examples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** A small OpenLineage run event of our own, with what matters to the test. */
export function lineageMessage(
  parts: { type?: unknown; run?: Json; job?: Json; outputs?: unknown; inputs?: unknown } = {},
): Json {
  const { type, run = {}, job = {}, ...lists } = parts;
  return {
    eventTime: "2026-03-02T00:00:00Z",
    ...(type !== undefined && { eventType: type }),
    run: { runId: RUN_ID, facets: run },
    job: { namespace: "shop", name: "daily.load", facets: job },
    ...lists,
  };
}

/** What a message tells. Throws where it is refused. */
export function tell(json: unknown): Told[] {
  const result = readMessage(json);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problems)}`);
  return translate(result.message);
}

/** All events of one type. */
export function all<T extends Told["type"]>(told: readonly Told[], type: T): ToldOf<T>[] {
  return told.filter((one): one is ToldOf<T> => one.type === type);
}

/** The one event of that type. Throws where there is none, or are several. */
export function only<T extends Told["type"]>(told: readonly Told[], type: T): ToldOf<T> {
  const [first, ...more] = all(told, type);
  if (!first || more.length > 0) throw new Error(`not exactly one ${type}: ${JSON.stringify(told)}`);
  return first;
}
