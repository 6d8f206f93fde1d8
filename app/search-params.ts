import * as z from "zod/mini";
import { type RunFilters, writeRunFilters } from "@/lib/client/run-query-params";
import { splitNames } from "@/lib/contract/name-list";
import { runQuery } from "@/lib/contract/runs";

/** What Next gives a page, and what the browser's address holds, in one form. */
export type RawParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface HomeParams {
  readonly filters: RunFilters;
  /** What the link asked for and this page could not do: `state: "stuk"`. */
  readonly ignored: readonly string[];
}

/** More names than this were not chosen by hand. */
const MANY = 50;
const aName = z.string().check(z.minLength(1), z.maxLength(500));
const aState = runQuery.shape.state.def.innerType.def.element;
const aTime = runQuery.shape.within.def.innerType;
const aSearch = runQuery.shape.q.def.innerType;

/** Reads the address. What is wrong in it is left out and told; it never fails. */
export function readHomeParams(raw: RawParams): HomeParams {
  const ignored: string[] = [];
  const one = <T extends z.ZodMiniType>(name: string, schema: T): z.infer<T> | undefined => {
    const text = first(raw[name])?.trim();
    if (!text) return undefined;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    ignored.push(quote(name, text));
    return undefined;
  };
  const many = <T extends z.ZodMiniType>(name: string, schema: T): z.infer<T>[] => {
    const values = list(raw[name]);
    if (values.length > MANY) ignored.push(`${name}: all but the first ${MANY} of ${values.length}`);
    return values.slice(0, MANY).flatMap((text) => {
      const parsed = schema.safeParse(text);
      if (parsed.success) return [parsed.data];
      ignored.push(quote(name, text));
      return [];
    });
  };
  const q = one("q", aSearch);
  const within = one("within", aTime);
  const filters: RunFilters = {
    state: many("state", aState),
    rule: many("rule", aName),
    pipeline: many("pipeline", aName),
    source: many("source", aName),
    ...(q === undefined ? {} : { q }),
    ...(within === undefined ? {} : { within }),
  };
  return { filters, ignored };
}

/** The browser's search params in the form that a page gets. */
export function rawParams(params: URLSearchParams): RawParams {
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}

/** The address of the home page with these filters. */
export function homeHref(filters: RunFilters): string {
  // Commas and colons are legal in a query; encoded, they make a link that nobody can read.
  const search = writeRunFilters(filters).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return search ? `/?${search}` : "/";
}

export function isFiltered(filters: RunFilters): boolean {
  return writeRunFilters(filters).size > 0;
}

function first(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}

function list(value: string | readonly string[] | undefined): string[] {
  const texts = typeof value === "string" ? [value] : (value ?? []);
  const parts = texts.flatMap(splitNames).map((text) => text.trim());
  return [...new Set(parts.filter(Boolean))];
}

function quote(name: string, text: string): string {
  return `${name}: “${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}
