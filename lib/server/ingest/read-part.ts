import type { Instant } from "../../base/instant.ts";
import { acceptMessage } from "./accept-message.ts";
import type { Accepted } from "./accepted.ts";
import { arrayItems } from "./array-items.ts";
import { parseJson } from "./parse-json.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

/** A part of a batch: whole lines of it, or the array that it is. */
export interface Part {
  readonly form: "lines" | "array";
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly receivedAt: Instant;
}

/** The events of a part in their order, each as it was judged; in the end, what was wrong with the part itself. */
export type PartRead = Generator<Judged, BadPart | undefined>;

export type Judged =
  | { readonly message: Accepted }
  | { readonly refusal: Refusal }
  /** Refused events in a row, of which only the number is told: there were many before. */
  | { readonly more: { readonly source: string; readonly count: number } };

/** Why a body that should be an array is none. */
export interface BadPart {
  readonly status: 400 | 422;
  readonly error: string;
  readonly reason?: string;
  /** How it begins. */
  readonly body: string;
}

const NO_EVENT = "no OpenLineage event";
const LINE_FEED = 0x0a;
/** How much of a bad part is told, bytes: more than is kept of it. */
const BEGINNING = 8_000;

/** No byte order mark is taken away: what is kept must be what was read. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a part event by event. Of an array that turns out to be no JSON nothing counts that was read before: whoever
 * cannot wait for the end asks `badArray` first.
 */
export function readPart(part: Part): PartRead {
  return part.form === "lines" ? readLines(part) : readArray(part);
}

/** Why bytes are no array of JSON, if they are none. */
export function badArray(bytes: Uint8Array): BadPart | undefined {
  const items = arrayItems(bytes);
  for (let next = items.next(); ; next = items.next()) {
    if (next.done) return next.value ? undefined : wholeOf(bytes);
    const text = decoded(next.value);
    if (text === undefined || !parseJson(text).ok) return wholeOf(bytes);
  }
}

function* readLines({ bytes, receivedAt }: Part): PartRead {
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(LINE_FEED, from);
    const line = bytes.subarray(from, found < 0 ? bytes.length : found);
    from += line.length + 1;
    const text = decoded(line);
    if (text === undefined) {
      yield { refusal: badLine(400, "the line is not UTF-8", line) };
      continue;
    }
    if (text.trim() === "") continue;
    const parsed = parseJson(text);
    if (parsed.ok) yield judged(parsed.value, text, line, receivedAt);
    else yield { refusal: refusalOf({ status: 400, problems: [], error: parsed.reason, body: text }) };
  }
  return undefined;
}

function* readArray({ bytes, receivedAt }: Part): PartRead {
  const items = arrayItems(bytes);
  for (let next = items.next(); ; next = items.next()) {
    if (next.done) return next.value ? undefined : wholeOf(bytes);
    const text = decoded(next.value);
    const parsed = text === undefined ? undefined : parseJson(text);
    if (text === undefined || !parsed?.ok) return wholeOf(bytes);
    yield judged(parsed.value, text, next.value, receivedAt);
  }
}

/** Why a line is not even read. None of its neighbours is the worse for it: wherever it ends, the next one begins. */
export function badLine(status: 400 | 413, error: string, line: Uint8Array): Refusal {
  return refusalOf({ status, problems: [], error, body: beginning(line) });
}

function judged(json: unknown, text: string, bytes: Uint8Array, receivedAt: Instant): Judged {
  const accepted = acceptMessage(json, text, receivedAt, bytes);
  if (accepted.ok) return { message: accepted.message };
  const { problems } = accepted;
  return { refusal: refusalOf({ status: 422, problems, error: NO_EVENT, body: text, json }) };
}

/** What is wrong with a body that is no array of JSON. */
function wholeOf(bytes: Uint8Array): BadPart {
  const body = beginning(bytes);
  const text = decoded(bytes);
  if (text === undefined) return { status: 400, error: "the body is not UTF-8", body };
  const parsed = parseJson(text);
  if (!parsed.ok)
    return { status: 400, error: "The body is not JSON.", reason: `${parsed.reason}${hintFor(text)}`, body };
  const reason = "an array of events expected; one alone is posted to /api/v1/lineage";
  return { status: 422, error: "This is no batch.", reason, body };
}

/** What to do where it is one event a line. */
function hintFor(text: string): string {
  const [first = ""] = text.trimStart().split("\n", 1);
  const isLine = first.startsWith("{") && parseJson(first).ok;
  return isLine ? " (one event a line is sent with Content-Type: application/x-ndjson)" : "";
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function beginning(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, BEGINNING));
}
