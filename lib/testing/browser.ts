import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { readEnv } from "../server/env.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Flags for a browser in a test: root may not use the sandbox, and a browser left to itself asks its maker for
 * updates and the like, which is slow or fails where there is no way out.
 */
export const BROWSER_FLAGS: readonly string[] = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Finds a Chromium: the one that CHROMIUM_PATH names, one on the PATH, or Playwright's own.
 * Undefined where there is none. Throws where CHROMIUM_PATH names something that cannot be run.
 */
export function findBrowser(): string | undefined {
  const named = readEnv().CHROMIUM_PATH;
  if (named !== undefined) {
    if (!isRunnable(named))
      throw new Error(`CHROMIUM_PATH is ${named}, but there is no program to run there.`);
    return named;
  }
  const folders = readEnv()
    .PATH.split(delimiter)
    .filter((folder) => folder !== "");
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, chromium.executablePath()].find(isRunnable);
}

/** Finds a browser, and installs Debian's where there is none and we may. Throws with what to do where we may not. */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Debian's chromium for the browser tests ...");
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
      execFileSync("apt-get", ["-qq", ...args], { stdio: ["ignore", "ignore", "inherit"] });
    }
  }
  const installed = findBrowser();
  if (installed !== undefined) return installed;
  throw new Error(
    "The browser tests need Chromium or Chrome. Install one (Debian: apt-get install chromium; " +
      "anywhere: npx playwright install chromium), or name one with CHROMIUM_PATH.",
  );
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
