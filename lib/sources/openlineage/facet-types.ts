/** The kinds of value that facets are made of. What a field may be in addition to the standard is said at each. */
import { z } from "zod";
import { type Instant, parseInstant } from "../../base/instant.ts";
import { shown } from "./lenient.ts";
import { normaliseRunId } from "./run-id.ts";

export const text = z.string();
/** A text with something in it: a name or a key. */
export const label = z.string().refine((given) => given.trim() !== "", "must not be empty");
export const count = z.number().nonnegative();
export const whole = z.number().int();

/** A text where producers also write a number or a truth value, such as a version. */
export const scalar = z
  .union([z.string(), z.number(), z.boolean()], {
    error: ({ input }) => `a text expected, got ${shown(input)}`,
  })
  .transform(String);

export const instantText = z.string().transform((given, context): Instant => {
  const at = parseInstant(given);
  if (at !== undefined) return at;
  context.addIssue({ code: "custom", message: `no ISO 8601 date-time: ${shown(given)}` });
  return z.NEVER;
});

export const runIdText = z.string().transform((given, context): string => {
  const id = normaliseRunId(given);
  if (id !== undefined) return id;
  context.addIssue({ code: "custom", message: `no run id: ${shown(given)}` });
  return z.NEVER;
});

/** An address that a person may be led to. Anything but http(s) is refused, since it becomes a link. */
export const webUrl = z
  .string()
  .refine((given) => /^https?:\/\//i.test(given), "an http or https address expected");

export const jobPart = z.object({ namespace: label, name: label });

/** A duration in s, as a number, or as Python writes it: "456.0 seconds", "0:07:36", "1 day, 0:00:00". Gives ms. */
export const durationMs = z
  .union([z.number(), z.string()], { error: ({ input }) => `a duration expected, got ${shown(input)}` })
  .transform((given, context): number => {
    const ms = (typeof given === "number" ? given : secondsIn(given)) * 1_000;
    if (Number.isFinite(ms) && ms >= 0) return ms;
    context.addIssue({ code: "custom", message: `no duration: ${shown(given)}` });
    return z.NEVER;
  });

function secondsIn(given: string): number {
  const plain = /^\s*(\d{1,15}(?:\.\d{1,15})?)\s*(?:s|seconds?)?\s*$/i.exec(given);
  if (plain) return Number(plain[1]);
  const clock = /^\s*(?:(\d{1,9}) days?,\s*)?(\d{1,9}):(\d{2}):(\d{2}(?:\.\d{1,9})?)\s*$/.exec(given);
  if (!clock) return Number.NaN;
  const [, days = "0", hours, minutes, seconds] = clock;
  return Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

/** The longest list that is read from a text, in characters. */
const LONGEST_LIST = 100_000;

/** A list of ids: an array, or the text that Python makes of one, such as "['a', 'b']". */
export const idList = z
  .union([z.array(z.unknown()), z.string()], {
    error: ({ input }) => `a list expected, got ${shown(input)}`,
  })
  .transform((given, context): string[] => {
    if (typeof given !== "string")
      return given.filter((id): id is string => typeof id === "string" && id !== "");
    const ids = readPythonList(given);
    if (ids) return ids;
    context.addIssue({ code: "custom", message: `no list of names: ${shown(given)}` });
    return z.NEVER;
  });

/** Reads `['a', "b"]`, also with the brackets of a tuple or a set; undefined for what is no such list. */
function readPythonList(given: string): string[] | undefined {
  const list = given.trim();
  if (list === "" || list === "None" || list === "set()") return [];
  if (list.length > LONGEST_LIST || !/^[[({]/.test(list) || !/[\])}]$/.test(list)) return undefined;
  const inner = list.slice(1, -1).trim();
  // Sticky: what does not continue where the last one ended is no list, and no text is gone over twice.
  const item = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,|$)/sy;
  const ids: string[] = [];
  while (item.lastIndex < inner.length) {
    const match = item.exec(inner);
    if (!match) return undefined;
    ids.push((match[1] ?? match[2] ?? "").replace(/\\(.)/gs, "$1"));
  }
  return ids;
}
