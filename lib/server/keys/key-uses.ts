import type { Instant } from "../../base/instant.ts";
import { processWide } from "../process-wide.ts";
import { saveKeyUse } from "../queries/save-key-use.ts";
import { reportError } from "../report-error.ts";
import type { Key } from "./key-ring.ts";

/** How old the last use of a key may be before a newer one is written, ms. */
export const USE_EVERY_MS = 60_000;

const uses = () =>
  processWide("key-uses", () => ({ noted: new Map<string, Instant>(), writing: new Set<Promise<void>>() }));

/** Notes that a key was used: a write once a minute, beside the request and not on its path. Never throws. */
export function noteUse(key: Key, at: Instant): void {
  const { noted, writing } = uses();
  const last = Math.max(noted.get(key.id) ?? 0, key.lastUsedAt ?? 0);
  if (at - last < USE_EVERY_MS) return;
  noted.set(key.id, at);
  const written = saveKeyUse(key.id, at)
    .catch((error: unknown) => reportError("the last use of a key could not be written", error))
    .finally(() => writing.delete(written));
  writing.add(written);
}

/** Waits for what is being written. For the shutdown, before the database goes, and for tests. */
export async function settleKeyUses(): Promise<void> {
  await Promise.all(uses().writing);
}
