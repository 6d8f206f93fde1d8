import type { Instant } from "../../base/instant.ts";
import { keyScope } from "../../contract/keys.ts";
import { database } from "../database.ts";
import type { Key } from "../keys/key-ring.ts";

/** Every key with its hashes, for the check in memory. Those that were revoked stay known, to be told from wrong ones. */
export async function loadKeys(): Promise<Key[]> {
  const rows = await database().accessKey.findMany({ omit: { prefix: true, createdAt: true } });
  return rows.map(({ scope, revokedAt, lastUsedAt, ...key }) => ({
    ...key,
    scope: keyScope.parse(scope),
    revokedAt: revokedAt && (revokedAt.getTime() as Instant),
    lastUsedAt: lastUsedAt && (lastUsedAt.getTime() as Instant),
  }));
}
