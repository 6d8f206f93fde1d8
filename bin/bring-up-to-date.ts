import { errorWords } from "../lib/base/error-words.ts";
import { applyMigrations } from "../lib/server/migrate.ts";

/** Applies what migrations are pending, and gives their names. Throws what may be shown: what is wrong with the database. */
export function bringUpToDate(url: string): Promise<string[]> {
  return applyMigrations(url).catch((error: unknown) => {
    throw new Error(`The database could not be brought up to date: ${errorWords(error)}.`);
  });
}
