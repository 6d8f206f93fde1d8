import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { childEnv } from "./env.ts";
import { fingerprint } from "./fingerprint.ts";

/** What the production build is made of, as seen from the project's root. */
const SOURCES = ["app", "components", "lib", "public", "prisma/schema"];
const FILES = [
  "proxy.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
/** Holds the fingerprint of the sources that the build was made from. */
const MARK = ".next/made-from";

/**
 * Builds the pages for production where there is no build of just these sources. `onBuild` is told when it has to,
 * which takes a quarter of a minute or so. Throws with the output of the build where that fails.
 */
export async function buildPages(onBuild: () => void): Promise<"built" | "current"> {
  const madeFrom = await fingerprint(SOURCES, FILES);
  if ((await readFile(MARK, "utf8").catch(() => "")).trim() === madeFrom) return "current";
  onBuild();
  await rm(MARK, { force: true });
  await nextBuild();
  await writeFile(MARK, `${madeFrom}\n`);
  return "built";
}

async function nextBuild(): Promise<void> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  // The build has no business with anybody's database.
  const env = childEnv({ DATABASE_URL: undefined, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  const child = spawn(process.execPath, [next, "build"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The pages could not be built:\n${output.trim()}`);
}
