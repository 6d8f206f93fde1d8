import type { Instant } from "../../base/instant.ts";
import { storableText } from "../../base/storable-text.ts";
import { withoutKeys } from "../keys/key-text.ts";

/** The most refusals, and as many notes, that are kept of a source: more than one reads to mend a producer. */
export const KEPT_PER_SOURCE = 200;

/** The most sources that may wait to be written. What others send meanwhile is counted under `unknown`. */
const MOST_SOURCES = 500;

/** The most refusals, and as many notes, that may wait to be written. The newest push the oldest out. */
const MOST_WAITING = 1_000;

/** How much of a refused body is kept, and of a path or a reason, in UTF-16 code units. */
export const BODY_KEPT = 2_000;
const TEXT_KEPT = 500;

const HOUR_MS = 3_600_000;

/** The source of what does not say where it comes from. */
const UNKNOWN_SOURCE = "unknown";

/** What came of a source in an hour. Each event is counted once. `hour` counts from 1970. */
export interface HourCounts {
  readonly source: string;
  readonly hour: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly noted: number;
  readonly refused: number;
  readonly beats: number;
}

export interface RefusalEntry {
  readonly source: string;
  readonly at: Instant;
  readonly status: number;
  readonly path: string;
  readonly reason: string;
  readonly body: string;
}

export interface NoteEntry {
  readonly source: string;
  readonly at: Instant;
  readonly messageId: string;
  readonly attemptId: string;
  readonly path: string;
  readonly reason: string;
}

/** What is to be written in one go. */
export interface LedgerPage {
  readonly hours: readonly HourCounts[];
  readonly refusals: readonly RefusalEntry[];
  readonly notes: readonly NoteEntry[];
}

export type CountName = "accepted" | "duplicate" | "noted" | "refused" | "beats";
type Tally = { -readonly [K in keyof HourCounts]: HourCounts[K] };

/**
 * What ingest has to tell of its sources since it was last asked: counts by hour, refusals, notes. Its memory is
 * bounded, whatever comes: a flood pushes out the older entries, and is counted all the same.
 */
export class SourceLedger {
  #hours = new Map<string, Tally>();
  #refusals = new NewestFew<RefusalEntry>();
  #notes = new NewestFew<NoteEntry>();

  get isEmpty(): boolean {
    return this.#hours.size === 0 && this.#refusals.size === 0 && this.#notes.size === 0;
  }

  count(source: string, at: Instant, name: CountName, by: number): void {
    if (by <= 0) return;
    const hour = Math.floor(at / HOUR_MS);
    this.#tally(source, hour)[name] += by;
  }

  refuse(entry: RefusalEntry): void {
    this.count(entry.source, entry.at, "refused", 1);
    this.#refusals.add({
      ...entry,
      path: keptText(entry.path, TEXT_KEPT),
      reason: keptText(entry.reason, TEXT_KEPT),
      body: keptText(entry.body, BODY_KEPT),
    });
  }

  note(entry: NoteEntry): void {
    this.#notes.add({
      ...entry,
      path: keptText(entry.path, TEXT_KEPT),
      reason: keptText(entry.reason, TEXT_KEPT),
    });
  }

  /** Gives what is there, and forgets it. */
  take(): LedgerPage {
    const page = {
      hours: [...this.#hours.values()],
      refusals: this.#refusals.take(),
      notes: this.#notes.take(),
    };
    this.#hours = new Map();
    return page;
  }

  /** Takes back what could not be written. The entries that came meanwhile are newer, and stay in front. */
  restore(page: LedgerPage): void {
    for (const { source, hour, ...counts } of page.hours) {
      const tally = this.#tally(source, hour);
      for (const name of ["accepted", "duplicate", "noted", "refused", "beats"] as const)
        tally[name] += counts[name];
    }
    this.#refusals.putBefore(page.refusals);
    this.#notes.putBefore(page.notes);
  }

  #tally(source: string, hour: number): Tally {
    const name =
      this.#hours.has(`${hour} ${source}`) || this.#hours.size < MOST_SOURCES ? source : UNKNOWN_SOURCE;
    const key = `${hour} ${name}`;
    const known = this.#hours.get(key);
    if (known) return known;
    const made = { source: name, hour, accepted: 0, duplicate: 0, noted: 0, refused: 0, beats: 0 };
    this.#hours.set(key, made);
    return made;
  }
}

/** A list that forgets its oldest entries. Cut in halves, so that adding costs the same however full it is. */
class NewestFew<T> {
  #entries: T[] = [];

  get size(): number {
    return this.#entries.length;
  }

  add(entry: T): void {
    this.#entries.push(entry);
    if (this.#entries.length >= 2 * MOST_WAITING) this.#entries = this.#entries.slice(-MOST_WAITING);
  }

  take(): T[] {
    const taken = this.#entries.slice(-MOST_WAITING);
    this.#entries = [];
    return taken;
  }

  putBefore(entries: readonly T[]): void {
    this.#entries = [...entries, ...this.#entries].slice(-MOST_WAITING);
  }
}

/**
 * The beginning of a text as Postgres can hold it, with memory of its own: a part of a string keeps the whole one
 * alive, and a refused body may have megabytes.
 */
function keptText(text: string, longest: number): string {
  if (text.length <= longest) return withoutKeys(storableText(text));
  return withoutKeys(Buffer.from(storableText(text, longest)).toString());
}

/** Of which source a JSON value says that it comes, as far as that can be read; else `unknown`. */
export function claimedSource(json: unknown): string {
  const namespace = namespaceOf(json, "job") ?? namespaceOf(json, "dataset");
  return namespace === undefined ? UNKNOWN_SOURCE : storableText(namespace);
}

function namespaceOf(json: unknown, field: string): string | undefined {
  const part = fieldOf(json, field);
  const namespace = fieldOf(part, "namespace");
  return typeof namespace === "string" && namespace.trim() !== "" ? namespace : undefined;
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
}
