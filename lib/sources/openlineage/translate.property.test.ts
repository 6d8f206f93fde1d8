import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { event } from "../../events/event.ts";
import { translate } from "./translate.ts";
import { readMessage } from "./wire.ts";

const EXAMPLES = new URL("./examples/", import.meta.url);
const examples = readdirSync(EXAMPLES).map((file): unknown =>
  JSON.parse(readFileSync(new URL(file, EXAMPLES), "utf8")),
);

/** Enough to meet each example many times, and few enough to be quick. */
const RUNS = 300;
/** ms: these take a second where nothing else runs, which is not to be relied on. */
const PATIENCE = 60_000;

/** Holds what is asked of any message: read or refused, and what is told of it is fit for the log and for Postgres. */
function holds(json: unknown): void {
  const result = readMessage(json);
  if (!result.ok) {
    expect(result.problems.length).toBeGreaterThan(0);
    return;
  }
  const told = translate(result.message);
  for (const one of told) {
    expect(event.safeParse({ ...one, messageId: "m", receivedAt: 0 }).error?.issues).toBeUndefined();
  }
  for (const text of textsOf(told)) {
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text.includes("\0") || !text.isWellFormed()).toBe(false);
  }
  expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  expect(translate(result.message)).toEqual(told);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

/** JSON with the words that hurt: keys of prototypes, NUL, halves of pairs, long texts, numbers beyond all bounds. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "\0",
    "a\uD800b",
    "x".repeat(5_000),
    "['a'",
    "START",
  ),
);
const hostile = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom(null, true, 0, -1, 1.5, 1e308, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 2),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(text, tie("value")), { maxLength: 4 })
      .map((entries): unknown => Object.fromEntries(entries)),
  ),
})).value;

/** All places of a value, as paths. */
function placesOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [at, ...inner.flatMap(([key, below]) => placesOf(below, [...at, key]))];
}

/** A copy with another value at a path; the same value where the path leads nowhere. */
function replaced(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item, i) => (String(i) === step ? replaced(item, rest, by) : item));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === step ? replaced(inner, rest, by) : inner]),
  );
}

/** A real message in which one to four places hold something else. */
const mutilated = fc
  .oneof(
    ...examples.map((example) => {
      const change = fc.tuple(fc.constantFrom(...placesOf(example)), hostile);
      return fc.tuple(fc.constant(example), fc.array(change, { minLength: 1, maxLength: 4 }));
    }),
  )
  .map(([example, changes]) =>
    changes.reduce<unknown>((value, [path, by]) => replaced(value, path, by), example),
  );

describe("any JSON at the lineage endpoint", () => {
  it(
    "is read or refused, and never throws",
    () => {
      fc.assert(fc.property(fc.oneof(fc.jsonValue(), hostile), holds), { numRuns: RUNS });
    },
    PATIENCE,
  );

  it(
    "gives valid, storable events where a real message was mutilated",
    () => {
      fc.assert(fc.property(mutilated, holds), { numRuns: RUNS });
    },
    PATIENCE,
  );

  it("bears a message that is nested deeper than the call stack", () => {
    let nested: unknown = 1;
    for (let i = 0; i < 100_000; i++) nested = [nested];
    const [example] = examples;
    for (const path of [
      ["run", "facets"],
      ["job", "facets", "airflow"],
      ["outputs"],
      ["run", "facets", "parent"],
    ]) {
      const result = readMessage(replaced(example, path, nested));
      if (result.ok) expect(() => translate(result.message)).not.toThrow();
    }
  });
});
