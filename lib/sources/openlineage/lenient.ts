import type { z } from "zod";

/** A part of a message that could not be read, and why. */
export interface Problem {
  readonly path: string;
  readonly reason: string;
}

type Path = readonly PropertyKey[];

/** How often the bad parts are cut out before the whole is given up; the depth of the deepest facet and some more. */
const ROUNDS = 6;

/**
 * Reads a value with a schema and, where parts of it do not fit, without these parts: a bad number does not cost us the
 * fields beside it, nor a bad entry its list. The value is undefined only where something required is missing at the top.
 */
export function readLeniently<S extends z.ZodType>(
  schema: S,
  given: unknown,
  at: string,
): { readonly value: z.output<S> | undefined; readonly problems: readonly Problem[] } {
  let value = given;
  let problems: readonly Problem[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const result = schema.safeParse(value);
    if (result.success) return { value: result.data, problems };
    const { issues } = result.error;
    // What a later round complains of is only what the earlier one cut out.
    if (round === 0)
      problems = issues.map((issue) => ({ path: pathText(at, issue.path), reason: reasonOf(issue, given) }));
    // Where something required is missing, what requires it goes.
    const bad = issues.map(({ path }) => (lookUp(value, path) === undefined ? path.slice(0, -1) : path));
    if (bad.some((path) => path.length === 0)) break;
    value = without(value, bad);
  }
  return { value: undefined, problems };
}

/** Writes a path as one would in code: `outputs[0].facets.version`. */
export function pathText(base: string, path: Path): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === "number" ? `${text}[${step}]` : text === "" ? String(step) : `${text}.${String(step)}`,
    base,
  );
}

/** What was wrong, without the library's own preface. */
export function reasonOf(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code === "invalid_type" && lookUp(given, issue.path) === undefined)
    return `missing: ${issue.expected} expected`;
  return issue.message.replace(/^Invalid input: /, "");
}

/** What was given, for a message to the one who gave it. */
export function shown(given: unknown): string {
  if (given === undefined) return "nothing";
  if (given === null) return "null";
  if (Array.isArray(given)) return "an array";
  if (typeof given === "object") return "an object";
  if (typeof given !== "string") return `the ${typeof given} ${String(given)}`;
  return given.length > 80 ? `${JSON.stringify(given.slice(0, 80))}…` : JSON.stringify(given);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function lookUp(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}

/** A copy of the value without what lies at the paths. Copies no deeper than the paths go. */
function without(value: unknown, paths: readonly Path[]): unknown {
  const byStep = Map.groupBy(paths, (path) => path[0]);
  const keep = (step: PropertyKey, inner: unknown): unknown[] => {
    const bad = byStep.get(step);
    if (bad === undefined) return [inner];
    return bad.some((path) => path.length <= 1)
      ? []
      : [
          without(
            inner,
            bad.map((path) => path.slice(1)),
          ),
        ];
  };
  if (Array.isArray(value)) return value.flatMap((item, i) => keep(i, item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => keep(key, inner).map((kept) => [key, kept] as const)),
  );
}
