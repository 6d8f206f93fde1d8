import { z } from "zod";
import { type RunAddress, SCOPES, SHAPES, TABS, VIEWS } from "@/components/run/run-address";
import { type Instant, parseInstant } from "@/lib/base/instant";
import { MESSAGE_TYPES } from "@/lib/contract/message-query";
import { readWindow } from "@/lib/drawing/time-window";

type RawParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface RunParams {
  readonly address: RunAddress;
  readonly at: Instant | undefined;
  /** The text of an instant that is none. */
  readonly refusedAt: string | undefined;
  /** What the link asked for and this page cannot show, one sentence each. */
  readonly ignored: readonly string[];
}

const anInstant = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (at !== undefined) return { text, at };
  context.issues.push({ code: "custom", message: "not an instant", input: text });
  return z.NEVER;
});

const aWindow = z.string().refine((text) => readWindow(text) !== undefined);

const someTypes = z
  .string()
  .refine((text) => text.split(",").every((type) => MESSAGE_TYPES.some((known) => known === type)));

/** Reads the address. What is wrong in it is left out and told; it never fails. */
export function readRunParams(raw: RawParams): RunParams {
  const ignored: string[] = [];
  const one = <T extends z.ZodType>(name: string, schema: T, hint: string): z.infer<T> | undefined => {
    const value = raw[name];
    const text = typeof value === "string" ? value : value?.[0];
    if (!text) return undefined;
    return schema
      .optional()
      .catch(() => {
        ignored.push(`${name}=${text.length > 40 ? `${text.slice(0, 40)}…` : text} (${hint})`);
        return undefined;
      })
      .parse(text);
  };
  const before = raw["at"];
  const at = one("at", anInstant, "not an instant such as 2026-11-23T02:35:00Z");
  return {
    address: {
      node: one("node", z.string().max(2_000), "too long for a node’s key"),
      tab: one("tab", z.enum(TABS), `one of ${TABS.join(", ")}`) ?? "why",
      view: one("view", z.enum(VIEWS), `one of ${VIEWS.join(", ")}`) ?? "graph",
      scope: one("scope", z.enum(SCOPES), `one of ${SCOPES.join(", ")}`),
      as: one("as", z.enum(SHAPES), `one of ${SHAPES.join(", ")}`) ?? "chart",
      at: at?.text,
      window: one("window", aWindow, "not two instants with ~ between them, the earlier first"),
      event: one("event", z.string().max(200), "not the id of a message"),
      type: one("type", someTypes, `some of ${MESSAGE_TYPES.join(", ")}`),
      baseline: one("baseline", z.string().max(200), "not the id of an attempt"),
    },
    at: at?.at,
    refusedAt: at === undefined && before ? (typeof before === "string" ? before : before[0]) : undefined,
    ignored,
  };
}

/** The same link, asked for now: nothing was known at its instant. */
export function withoutAt(params: RunParams): RunParams {
  const { at } = params.address;
  return {
    address: { ...params.address, at: undefined },
    at: undefined,
    refusedAt: at,
    ignored: [...params.ignored, `at=${at} (nothing of this run was known then; this is now)`],
  };
}

/** The id in the path; a path that is no proper encoding is taken as it stands, and names no run. */
export function readRunId(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
