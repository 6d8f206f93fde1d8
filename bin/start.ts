import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCommand } from "../lib/server/command.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../lib/server/embedded-postgres.ts";
import { type Env, isLoopback, readEnv } from "../lib/server/env.ts";
import { generateClient } from "../lib/server/generate-client.ts";
import { addressOf, eventsFirst, type HttpServer, openHttpServer } from "../lib/server/http.ts";
import { buildPages } from "../lib/server/next-build.ts";
import { bringUpToDate } from "./bring-up-to-date.ts";
import { goHome } from "./go-home.ts";

/** How long requests under way may take to end at shutdown, and the whole shutdown, in ms. */
const PATIENCE = 3000;
const SHUTDOWN_LIMIT = 20_000;

/** Since when we are asked to stop, which may be while we start. */
let stoppingSince: number | undefined;

await runCommand(start);

async function start(): Promise<void> {
  goHome();
  const dev = process.argv.includes("--dev");
  const env = readEnv();
  const http = await openHttpServer(env.HOST, env.PORT);
  const running: Running = {
    ...{ http, postgres: undefined, pages: undefined },
    ...{ endStreams: undefined, stopBackgroundWork: undefined },
  };
  stopOnSignals(running);

  const generated = await generateClient();
  if (generated === "generated") console.log("Made the database client.");
  running.postgres = await openDatabase(env);
  if (!dev) await buildPages(() => console.log("Building the pages (after each change of the sources) ..."));

  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  // Loaded only now: Next and all that it bundles read the environment as they load.
  const { default: next } = await import("next");
  const pages = next({
    dev,
    dir: process.cwd(),
    hostname: env.HOST,
    port: http.port,
    httpServer: http.server,
  });
  running.pages = pages;
  await pages.prepare();
  const { answerIngest } = await import("../lib/server/ingest-http.ts");
  const { guardPages } = await import("../lib/server/keys/guard-pages.ts");
  const { startBackgroundWork, stopBackgroundWork } = await import("../lib/server/background.ts");
  const { answerLive } = await import("../lib/server/live-http.ts");
  const { liveHub } = await import("../lib/server/live/live-hub.ts");
  const answerPage = pages.getRequestHandler();
  running.endStreams = () => liveHub().close();
  running.stopBackgroundWork = stopBackgroundWork;
  // Before the first event: ingest asks for diagnoses through the tables that this makes.
  await startBackgroundWork();
  http.answerWith(
    eventsFirst(
      answerIngest,
      guardPages(async (request, response) => {
        if (!(await answerLive(request, response))) await answerPage(request, response);
      }),
    ),
  );
  sayReady(addressOf(env.HOST, http.port), env);
}

interface Running {
  http: HttpServer;
  postgres: EmbeddedPostgres | undefined;
  pages: { close(): Promise<void> } | undefined;
  endStreams: (() => Promise<void>) | undefined;
  stopBackgroundWork: (() => Promise<void>) | undefined;
}

/** Starts Postgres unless there is one, tells everything after us where it is, and brings it up to date. */
async function openDatabase(env: Env): Promise<EmbeddedPostgres | undefined> {
  const postgres =
    env.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ dataDir: env.UNSTUCK_DATA_DIR })
      : undefined;
  const url = postgres?.url ?? env.DATABASE_URL ?? "";
  process.env["DATABASE_URL"] = url;
  postgres?.ended.then(async () => {
    if (stoppingSince !== undefined) return;
    const log = join(env.UNSTUCK_DATA_DIR, "postgres.log");
    const told = await readFile(log, "utf8").catch(() => "");
    const last = told.split("\n").findLast((line) => /\b(PANIC|FATAL): /.test(line)) ?? "";
    console.error(`Postgres ended by itself. ${last && `It said: ${last}\n`}Its log: ${log}`);
    process.exit(1);
  });
  const applied = await bringUpToDate(url).catch(async (error: unknown) => {
    await postgres?.stop();
    throw error;
  });
  for (const name of applied) console.log(`Applied the migration ${name}.`);
  return postgres;
}

function stopOnSignals(running: Running): void {
  const stop = async () => {
    if (stoppingSince !== undefined) {
      // Whoever asks again later does not want to wait; a terminal and npm both pass on the same Ctrl-C.
      if (performance.now() - stoppingSince > 1000) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    sleep(SHUTDOWN_LIMIT, undefined, { ref: false }).then(() => process.exit(1));
    // They have no end of their own: closing would wait for them.
    await running.endStreams?.();
    await running.http.close(PATIENCE);
    await running.stopBackgroundWork?.();
    await running.pages?.close();
    await running.postgres?.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => runCommand(stop));
}

function sayReady(address: string, env: Env): void {
  const below = relative(process.cwd(), env.UNSTUCK_DATA_DIR);
  const data = below.startsWith("..") ? env.UNSTUCK_DATA_DIR : below;
  const event = JSON.stringify({
    eventType: "START",
    eventTime: new Date().toISOString(),
    run: { runId: randomUUID() },
    job: { namespace: "try", name: "my_first_job" },
    producer: "https://example.com/try",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
  });
  console.log(`Unstuck is at ${address} (Ctrl-C stops it).`);
  console.log(
    env.DATABASE_URL === undefined
      ? `The data is in ${data || "."}.`
      : "The data is in the database of DATABASE_URL.",
  );
  console.log(
    `Send an event: curl -H 'Content-Type: application/json' -d '${event}' ${address}/api/v1/lineage`,
  );
  console.log("See the demo: npm run demo");
  if (isLoopback(env.HOST) && !env.UNSTUCK_KEYS) return;
  console.log(
    env.UNSTUCK_OPEN
      ? "No keys are asked for (UNSTUCK_OPEN): whatever stands before this server must ask who is there."
      : "Others need keys: npm run unstuck -- key create <name> --scope ingest, and --scope read to look at it.",
  );
}
