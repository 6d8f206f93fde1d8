import type { Instant } from "../../base/instant.ts";
import { isUuid } from "../../base/uuid.ts";
import type { KeyResource } from "../../contract/keys.ts";
import type { Database } from "../database.ts";
import { keyToWire } from "./list-keys.ts";

/** Revokes a key; one that was revoked stays so, with its first time. Null where there is no such key. */
export async function revokeKey(db: Database, id: string, at: Instant): Promise<KeyResource | null> {
  if (!isUuid(id)) return null;
  await db.accessKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(at) } });
  const row = await db.accessKey.findUnique({ where: { id } });
  return row && keyToWire(row);
}
