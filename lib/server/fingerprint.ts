import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A hash of all source files in these folders, and of these files, as seen from the project's root; tests left out. */
export async function fingerprint(folders: readonly string[], files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of [...files, ...(await Promise.all(folders.map(filesBelow))).flat()]) {
    const content = await readFile(path).catch(() => undefined);
    if (content) hash.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Every file that matters, in a fixed order. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|^\./.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
