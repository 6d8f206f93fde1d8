import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "./lib/testing/browser.ts";

// `npm run e2e` chooses a free port and a throw-away folder; the rest serves an editor that runs single tests.
const port = process.env["UNSTUCK_E2E_PORT"] ?? "3117";
const dataDir = process.env["UNSTUCK_E2E_DATA"] ?? join(tmpdir(), "unstuck-e2e");

const address = `http://127.0.0.1:${port}`;
const browser = findBrowser();

export default defineConfig({
  testDir: "e2e",
  // The empty database can only be seen before the first event.
  projects: [
    { name: "empty", testMatch: ["start.spec.ts", "empty.spec.ts"] },
    // Only when asked for by name: it changes a file of the project.
    ...(process.env["UNSTUCK_PICTURES"] ? [{ name: "pictures", testMatch: "pictures.spec.ts" }] : []),
    { name: "stories", testMatch: "stories/**/*.spec.ts", dependencies: ["empty"] },
  ],
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  workers: 2,
  // Generous, so that a busy machine is not taken for a fault: nothing here measures time.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: address,
    timezoneId: "UTC",
    locale: "en-GB",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      args: [...BROWSER_FLAGS],
      ...(browser === undefined ? {} : { executablePath: browser }),
    },
  },
  webServer: {
    command: `"${process.execPath}" bin/start.ts`,
    url: address,
    // Empty means absent: the tests have a server and data of their own, whatever the environment offers.
    env: {
      PORT: port,
      HOST: "127.0.0.1",
      UNSTUCK_DATA_DIR: dataDir,
      DATABASE_URL: "",
      NODE_ENV: "",
    },
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    stdout: "ignore",
    stderr: "pipe",
    timeout: 180_000,
  },
});
