import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../lib/server/command.ts";
import { ensureBrowser } from "../lib/testing/browser.ts";
import { runProgram } from "../lib/testing/run-program.ts";

/** Runs the browser tests against a production server of their own: a free port, throw-away data. */
await runCommand(async () => {
  const CHROMIUM_PATH = ensureBrowser();
  const data = await mkdtemp(join(tmpdir(), "unstuck-e2e-"));
  try {
    const given = process.argv.slice(2);
    const pictures = given.includes("--pictures");
    const env = {
      CHROMIUM_PATH,
      UNSTUCK_E2E_DATA: data,
      UNSTUCK_E2E_PORT: String(await freePort()),
      ...(pictures && { UNSTUCK_PICTURES: "1" }),
    };
    const args = pictures ? ["--project", "pictures"] : given;
    process.exitCode = await runProgram("playwright", ["test", ...args], env);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port was found.");
  return address.port;
}
