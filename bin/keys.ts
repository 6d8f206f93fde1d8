import { formatAge } from "../lib/base/format.ts";
import { type KeyResource, type NewKey, newKey } from "../lib/contract/keys.ts";
import { now } from "../lib/server/clock.ts";
import { createKey } from "../lib/server/queries/create-key.ts";
import { listKeys } from "../lib/server/queries/list-keys.ts";
import { revokeKey } from "../lib/server/queries/revoke-key.ts";
import { UsageError } from "./usage.ts";
import { withDatabase } from "./with-database.ts";

/** `unstuck key create`: the key alone goes to the output, so that a script can take it; the words go beside it. */
export function createKeyNamed(name: string, scope: string | undefined): Promise<void> {
  const wanted = checked(name, scope);
  return withDatabase(async (db) => {
    const { key, text } = await createKey(db, wanted, now());
    console.error(
      `The key of ${key.name}, with the scope ${key.scope}. It is shown this once: only a hash of it is kept.`,
    );
    console.log(text);
  });
}

function checked(name: string, scope: string | undefined): NewKey {
  const read = newKey.safeParse({ name, scope });
  if (read.success) return read.data;
  const [first] = read.error.issues;
  const field = first?.path[0] === "scope" ? "--scope" : "the name";
  throw new UsageError(`${field}: ${first?.message ?? "not understood"}`);
}

/** `unstuck key list` */
export function printKeys(): Promise<void> {
  return withDatabase(async (db) => {
    const keys = await listKeys(db);
    if (keys.length === 0) {
      console.log("There are no keys. Make one: unstuck key create airflow-prod --scope ingest");
      return;
    }
    const rows = [["NAME", "SCOPE", "KEY", "MADE", "LAST USED", ""], ...keys.map(cellsOf)];
    const widths = rows[0]?.map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0))) ?? [];
    for (const row of rows)
      console.log(
        row
          .map((cell, n) => cell.padEnd(widths[n] ?? 0))
          .join("  ")
          .trimEnd(),
      );
  });
}

function cellsOf({ name, scope, prefix, createdAt, lastUsedAt, revokedAt }: KeyResource): string[] {
  const age = (at: string) => formatAge(at, now());
  return [
    ...[name, scope, `${prefix}…`, age(createdAt), lastUsedAt === null ? "never" : age(lastUsedAt)],
    revokedAt === null ? "" : `revoked ${age(revokedAt)}`,
  ];
}

/** `unstuck key revoke`: by its name, or by how it begins. */
export function revokeKeyCalled(called: string): Promise<void> {
  return withDatabase(async (db) => {
    const keys = await listKeys(db);
    const begins = called.replace(/…$/, "");
    const found = keys.filter(({ name, prefix, id }) => [name, prefix, id].includes(begins));
    const open = found.filter(({ revokedAt }) => revokedAt === null);
    const [key] = open;
    if (!key && found.length > 0) throw new Error(`The key ${called} was revoked before.`);
    if (!key) throw new Error(`There is no key ${called}. See them all: unstuck key list`);
    if (open.length > 1) {
      const all = open.map(({ prefix }) => prefix).join(", ");
      throw new Error(`${open.length} keys are called ${called}. Say which: ${all}`);
    }
    await revokeKey(db, key.id, now());
    console.log(`Revoked: ${key.name} (${key.prefix}…). Servers turn it away within 5 s.`);
  });
}
