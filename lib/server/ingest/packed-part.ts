import type { Accepted } from "./accepted.ts";
import { type BadPart, type Judged, type Part, type PartRead, readPart } from "./read-part.ts";

/** What was read of a part, as it goes from one thread to another: bytes are handed over, and a text is quickly copied. */
export interface PackedPart {
  /** The events in their order, as JSON, so many in a text. */
  readonly rows: readonly string[];
  /** The bodies as the log keeps them, one behind the other. */
  readonly bodies: Uint8Array<ArrayBuffer>;
  readonly bad?: BadPart;
}

/** An event whose body is known by its length. */
type Row =
  | { readonly message: Omit<Accepted, "body"> & { readonly body: number } }
  | Exclude<Judged, { message: Accepted }>;

/** Rows in one text: few enough that what they are made of is soon let go of. */
const ROWS = 100;
/** Refused events of a part that are told one by one: those of an answer, or of the account, are no more. */
const MOST_REFUSALS = 1_000;

/** Reads a part to its end. */
export function packPart(part: Part): PackedPart {
  const read = readPart(part);
  const rows: string[] = [];
  const bodies: Uint8Array[] = [];
  let waiting: Row[] = [];
  let refusals = 0;
  const flush = () => {
    if (waiting.length > 0) rows.push(JSON.stringify(waiting));
    waiting = [];
  };
  let next = read.next();
  for (; !next.done; next = read.next()) {
    const event = next.value;
    if ("message" in event) {
      const { message } = event;
      bodies.push(message.body);
      waiting.push({ message: { ...message, body: message.body.length } });
    } else if ("refusal" in event && refusals >= MOST_REFUSALS) addMore(waiting, event.refusal.source);
    else {
      refusals += 1;
      waiting.push(event);
    }
    if (waiting.length >= ROWS) flush();
  }
  flush();
  const bad = next.value;
  if (bad && part.form === "array") return { rows: [], bodies: new Uint8Array(), bad };
  return { rows, bodies: joined(bodies), ...(bad && { bad }) };
}

/** The events again, made when they are asked for. */
export function* unpackPart({ rows, bodies, bad }: PackedPart): PartRead {
  let at = 0;
  for (const text of rows) {
    for (const row of JSON.parse(text) as Row[]) {
      if (!("message" in row)) yield row;
      else {
        const { body: length, ...message } = row.message;
        yield { message: { ...message, body: bodies.subarray(at, at + length) } };
        at += length;
      }
    }
  }
  return bad;
}

function addMore(rows: Row[], source: string): void {
  const last = rows.at(-1);
  const isSame = last !== undefined && "more" in last && last.more.source === source;
  if (isSame) rows.pop();
  rows.push({ more: { source, count: (isSame ? last.more.count : 0) + 1 } });
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
