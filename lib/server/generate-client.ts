import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { childEnv } from "./env.ts";
import { readSchema } from "./migrations-folder.ts";

const run = promisify(execFile);
const OUTPUT = "lib/server/prisma";

/**
 * Makes the Prisma client from the schema where it is missing or out of date. Takes two seconds when it has to.
 * Throws with Prisma's own words where the schema is wrong.
 */
export async function generateClient(options: { force?: boolean } = {}): Promise<"generated" | "current"> {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("prisma/package.json");
  const mark = resolve(OUTPUT, ".made-from");
  const madeFrom = await fingerprint(manifest);
  const last = await readFile(mark, "utf8").catch(() => "");
  if (!options.force && last.trim() === madeFrom) return "current";
  const cli = join(dirname(manifest), "build", "index.js");
  const env = childEnv({
    // Generating needs no schema engine, but looks for one, and would try to download it.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  });
  await run(process.execPath, [cli, "generate"], { env }).catch(
    (error: { stderr?: string; message: string }) => {
      throw new Error(`The Prisma client could not be generated:\n${error.stderr?.trim() || error.message}`);
    },
  );
  await writeFile(mark, `${madeFrom}\n`);
  return "generated";
}

/** Changes with the schema and with the version of Prisma. */
async function fingerprint(manifest: string): Promise<string> {
  const hash = createHash("sha256").update(await readFile(manifest));
  for (const file of (await readSchema(resolve("prisma/schema"))).files) hash.update(`\0${file.content}`);
  return hash.digest("hex");
}
