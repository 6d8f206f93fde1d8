/** JSON that hurts, and real messages that were damaged with it, for fast-check. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";

/** Writes JSON that JSON.stringify cannot: the text `@raw:1e999@` becomes the number 1e999. */
export function written(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"@raw:([^"@]*)@"/g, "$1");
}

export const raw = (text: string) => `@raw:${text}@`;

const EXAMPLES = new URL("../sources/openlineage/examples/", import.meta.url);
const examples = readdirSync(EXAMPLES).map((file) => readFileSync(new URL(file, EXAMPLES), "utf8"));
export const example = fc.constantFrom(...examples);

export const nested = (depth: number, open: string, close: string, core = "1") =>
  open.repeat(depth) + core + close.repeat(depth);
export const DEEP = 10_000;

export const TIMES = [
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00Z",
  "0001-01-01T00:00:00+18:00",
  "1582-10-10T00:00:00Z",
  "1970-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59.999-18:00",
  "+275760-09-13T00:00:00Z",
  "-271821-04-20T00:00:00Z",
  "2026-02-29T00:00:00Z",
  "2026-01-31T09:30:60Z",
  "2026-01-31T09:30:00.99999999999999999999Z",
  "٢٠٢٦-٠١-٣١T٠٩:٣٠:٠٠Z",
];
export const NUMBERS = [
  "9223372036854775807",
  "-9223372036854775808",
  "1e308",
  "1e999",
  "-0",
  "2147483648",
  "1e-400",
];

/** As many different characters as there are: what repeats would be compressed before Postgres measures it. */
export const varied = (length: number) =>
  Array.from({ length }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7919 + (i >> 4) * 31) % 20_000))).join(
    "",
  );

const word = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(...TIMES),
  fc.constantFrom(
    ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "length", "then", "toJSON"],
    ...["", " ", "\0", "a\0b", "\ud800", "\udfffx", "😀".repeat(10_000), "x".repeat(10_000), varied(10_000)],
    ...[
      "'; DROP TABLE message; --",
      "%s",
      "/",
      "a/b",
      "[0]",
      "START",
      "COMPLETE",
      "success",
      "1 day, 0:00:00",
    ],
  ),
);
export const hostile = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.constantFrom(...NUMBERS.map(raw)),
    fc.constantFrom(null, true, false, 0, -1, 1.5, 86_400),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(word, tie("value")), { maxLength: 4 })
      .map((entries): unknown => Object.fromEntries(entries)),
  ),
})).value;

export function placesOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [at, ...inner.flatMap(([key, below]) => placesOf(below, [...at, key]))];
}

export function replaced(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item, i) => (String(i) === step ? replaced(item, rest, by) : item));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === step ? replaced(inner, rest, by) : inner]),
  );
}

/** A real message of a run of its own, or of one of a few shared ones, so that bad messages meet in one run too. */
const real = fc.tuple(example, fc.nat({ max: 999 })).map(([text, salt]): unknown => {
  const ours = String(salt % 6 === 0 ? 0 : salt).padStart(4, "0");
  return JSON.parse(text.replaceAll(/[0-9a-f]{4}(?=-[0-9a-f]{4}-[0-9a-f]{12}")/gi, ours));
});
export const mutated = real
  .chain((value) => {
    // Rather leaves than the whole, which is soon no event any more.
    const change = fc.tuple(fc.constantFrom(...placesOf(value).slice(1)), hostile);
    return fc.tuple(fc.constant(value), fc.array(change, { minLength: 1, maxLength: 3 }));
  })
  .map(([value, changes]) => changes.reduce<unknown>((v, [path, by]) => replaced(v, path, by), value));

const FACETS = [
  ...[
    "parent",
    "nominalTime",
    "errorMessage",
    "processing_engine",
    "airflow",
    "airflowDagRun",
    "airflowState",
  ],
  ...["spark_properties", "spark_applicationDetails", "dbt_run", "jobType", "jobDependencies", "__proto__"],
  ...[
    "unstuck_plan",
    "unstuck_attempt",
    "unstuck_heartbeat",
    "unstuck_process",
    "unstuck_wait",
    "unstuck_cache",
  ],
];
export const facets = fc
  .array(fc.tuple(fc.constantFrom(...FACETS), hostile), { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries));
