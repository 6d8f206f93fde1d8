import type { Instant } from "../../base/instant.ts";
import { storableText } from "../../base/storable-text.ts";
import type { MadeKey, NewKey } from "../../contract/keys.ts";
import type { Database } from "../database.ts";
import { keptOf, makeKeyText } from "../keys/key-text.ts";
import { keyToWire } from "./list-keys.ts";

/** Makes a key and keeps its hash. The key itself is in the answer, and nowhere else. */
export async function createKey(db: Database, { name, scope }: NewKey, at: Instant): Promise<MadeKey> {
  const text = makeKeyText(scope);
  const row = await db.accessKey.create({
    data: { name: storableText(name), scope, createdAt: new Date(at), ...keptOf(text, scope) },
  });
  return { key: keyToWire(row), text };
}
