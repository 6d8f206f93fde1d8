import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import { type KeyList, type KeyResource, keyScope } from "../../contract/keys.ts";
import { now } from "../clock.ts";
import { type Database, database } from "../database.ts";
import { keyRules } from "../keys/change-keys.ts";
import type { Visit } from "../keys/visit.ts";

/** Every key, without its hashes: the newest first, and those that were revoked last. */
export async function listKeys(db: Database): Promise<KeyResource[]> {
  const rows = await db.accessKey.findMany({
    omit: { hash: true, sessionHash: true },
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }, { prefix: "asc" }],
  });
  return rows.map(keyToWire);
}

/** The same with what holds for whoever asks. */
export async function readKeyList(visit: Visit | undefined): Promise<KeyList> {
  return { keys: await listKeys(database()), ...keyRules(visit), at: toWire(now()) };
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly prefix: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A key as it crosses the wire: what else a row holds stays here. */
export function keyToWire({ id, name, scope, prefix, createdAt, lastUsedAt, revokedAt }: Row): KeyResource {
  return {
    ...{ id, name, prefix, scope: keyScope.parse(scope) },
    createdAt: toWire(createdAt.getTime() as Instant),
    lastUsedAt: lastUsedAt && toWire(lastUsedAt.getTime() as Instant),
    revokedAt: revokedAt && toWire(revokedAt.getTime() as Instant),
  };
}
