import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { processBirth } from "./process-identity.ts";

/** Either the folder is ours until `release`, or a living process has it. */
export type Claim = { kind: "claimed"; release: () => Promise<void> } | { kind: "held"; pid: number };

/**
 * Claims a data folder for this process. A claim outlives its process only as a file, which the next claim
 * sees through: a dead owner does not count, even when another process has got its number since.
 */
export async function claimDataDir(dataDir: string): Promise<Claim> {
  const lock = join(dataDir, "owner.json");
  const draft = join(dataDir, `owner.${randomUUID()}.tmp`);
  const birth = await processBirth(process.pid);
  await writeFile(draft, `${JSON.stringify({ pid: process.pid, birth })}\n`, { mode: 0o600 });
  try {
    for (;;) {
      // A link appears with its whole content or not at all, and never over another owner's.
      const failure = await link(draft, lock).then(
        () => undefined,
        (error: NodeJS.ErrnoException) => error,
      );
      if (failure === undefined) return { kind: "claimed", release: () => rm(lock, { force: true }) };
      if (failure.code !== "EEXIST") throw failure;
      const owner = await readOwner(lock);
      if (owner !== undefined && (await processBirth(owner.pid)) === owner.birth) {
        return { kind: "held", pid: owner.pid };
      }
      await rm(lock, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function readOwner(lock: string): Promise<{ pid: number; birth: string } | undefined> {
  const text = await readFile(lock, "utf8").catch(() => "");
  const match = /"pid":(\d+),"birth":"([^"]*)"/.exec(text);
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { pid: Number(match[1]), birth: match[2] };
}
