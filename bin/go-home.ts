import { join } from "node:path";

/** The schema with its migrations, the pages and `.data` lie beside us, wherever a command was called. */
export function goHome(): void {
  process.chdir(join(import.meta.dirname, ".."));
}
