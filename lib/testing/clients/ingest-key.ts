import { fileURLToPath } from "node:url";
import { outcomeOf } from "../machine-program.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Makes a key that may send events to the server that has these data, as its operator does. */
export async function ingestKey(dataDir: string): Promise<string> {
  const { code, output, errors } = await outcomeOf(
    process.execPath,
    ["bin/unstuck.ts", "key", "create", "unmodified-clients", "--scope", "ingest"],
    {
      purpose: "make a key",
      cwd: ROOT,
      env: { DATABASE_URL: undefined, NODE_ENV: undefined, UNSTUCK_DATA_DIR: dataDir },
    },
  );
  if (code !== 0) throw new Error(`No key could be made. It was said:\n${errors.trim()}`);
  return output.trim();
}
