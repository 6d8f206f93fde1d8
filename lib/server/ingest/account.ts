import type { Instant } from "../../base/instant.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { indexable } from "../indexable.ts";
import { countEvents, observeLag } from "../metrics.ts";
import { processWide } from "../process-wide.ts";
import { reportError } from "../report-error.ts";
import type { Accepted } from "./accepted.ts";
import { announce } from "./announce.ts";
import type { Appended } from "./append.ts";
import type { Refusal } from "./refusal.ts";
import { saveLedger } from "./save-ledger.ts";
import { type CountName, type LedgerPage, SourceLedger } from "./source-ledger.ts";

/** How often the ledger is written at most, ms; and after it could not be. */
const WRITE_EVERY_MS = 1_000;
const RETRY_AFTER_MS = 10_000;

interface Account {
  readonly ledger: SourceLedger;
  timer?: NodeJS.Timeout | undefined;
  writing?: Promise<void> | undefined;
}

const account = () => processWide<Account>("ingest-account", () => ({ ledger: new SourceLedger() }));

/**
 * Counts what a transaction committed: of the messages that it was given those that were not fresh were duplicates.
 * Once per batch and source where it can be; it never waits and never throws.
 */
export function countCommitted(given: readonly Accepted[], { fresh, beats }: Appended): void {
  const { ledger } = account();
  const counts = new Counts();
  for (const message of given) counts.add(message.source, "duplicate", 1, message.receivedAt);
  for (const message of fresh) {
    counts.add(message.source, "duplicate", -1, message.receivedAt);
    counts.add(message.source, noteOf(message, ledger) ? "noted" : "accepted", 1, message.receivedAt);
    observeLag(message.occurredAt, message.receivedAt);
  }
  for (const { source, beats: many, receivedAt } of beats) counts.add(source, "beats", many, receivedAt);
  counts.each((source, name, by, at) => {
    countEvents(source, name, by);
    ledger.count(indexable(source), at, name, by);
  });
  writeSoon();
}

/** Keeps what of a message was left out. Says whether anything was. */
function noteOf(message: Accepted, ledger: SourceLedger): boolean {
  let noted = false;
  for (const event of message.events) {
    if (event.type !== "ingest.noted") continue;
    noted = true;
    const { source, attemptId, path, reason } = event;
    ledger.note({
      source: indexable(source),
      at: message.receivedAt,
      messageId: message.id,
      attemptId,
      path,
      reason,
    });
  }
  return noted;
}

/** The counts of one batch, by source. All messages of a batch were received in about the same second. */
class Counts {
  readonly #bySource = new Map<string, { at: Instant; counts: Map<CountName, number> }>();

  add(source: string, name: CountName, by: number, at: Instant): void {
    let known = this.#bySource.get(source);
    if (!known) {
      known = { at, counts: new Map() };
      this.#bySource.set(source, known);
    }
    known.counts.set(name, (known.counts.get(name) ?? 0) + by);
  }

  each(tell: (source: string, name: CountName, by: number, at: Instant) => void): void {
    for (const [source, { at, counts }] of this.#bySource) {
      for (const [name, by] of counts) if (by > 0) tell(source, name, by, at);
    }
  }
}

/**
 * Remembers a refused message for whoever mends its producer. Nothing of the request but the beginning of its body
 * is kept. It never waits and never throws.
 */
export function rememberRefusal({ source, ...refusal }: Refusal): void {
  countEvents(source, "refused", 1);
  account().ledger.refuse({ ...refusal, source: indexable(source), at: now() });
  writeSoon();
}

/** Counts messages that were refused, and of which nothing else is kept. */
export function countRefused(source: string, by: number): void {
  countEvents(source, "refused", by);
  account().ledger.count(indexable(source), now(), "refused", by);
  writeSoon();
}

/** Writes the ledger within a second, unless that is arranged already. */
function writeSoon(after = WRITE_EVERY_MS): void {
  const held = account();
  if (held.timer !== undefined || held.writing !== undefined || held.ledger.isEmpty) return;
  held.timer = setTimeout(() => {
    held.timer = undefined;
    void writeLedger();
  }, after);
  // Nobody waits for it but flushAccount; a command that ends need not.
  held.timer.unref();
}

async function writeLedger(): Promise<void> {
  const held = account();
  const page = held.ledger.take();
  let failed = false;
  held.writing = saveLedger(database(), page).then(
    () => announceSources(page),
    (error: unknown) => {
      failed = true;
      held.ledger.restore(page);
      reportError("the sources' counts could not be written, and are tried again", error);
    },
  );
  await held.writing;
  held.writing = undefined;
  writeSoon(failed ? RETRY_AFTER_MS : WRITE_EVERY_MS);
}

/** Pages that show a source's counts ask again. Where it fails they do so later, of their own. */
async function announceSources({ hours }: LedgerPage): Promise<void> {
  await announce(database(), { sources: hours.map(({ source }) => source) }).catch((error: unknown) =>
    reportError("the sources' counts were written, and not announced", error),
  );
}

/** Writes what has been counted so far. For the shutdown, before the database goes, and for tests. */
export async function flushAccount(): Promise<void> {
  const held = account();
  await held.writing;
  clearTimeout(held.timer);
  held.timer = undefined;
  if (!held.ledger.isEmpty) await writeLedger();
  clearTimeout(held.timer);
  held.timer = undefined;
}
