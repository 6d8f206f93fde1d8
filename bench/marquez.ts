/** `npm run bench:marquez`: the same events to Unstuck and to Marquez, one after the other, on one Postgres. */

import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { errorWords } from "../lib/base/error-words.ts";
import { runCommand } from "../lib/server/command.ts";
import { generateClient } from "../lib/server/generate-client.ts";
import { succeed } from "../lib/testing/machine-program.ts";
import type { MeasuredDatabase } from "../lib/testing/measured-postgres.ts";
import { machineText } from "./machine.ts";
import { MARQUEZ, marquezJar, startMarquez } from "./marquez-server.ts";
import { measureSide, type Side, type SideResult, type Workload } from "./marquez-sides.ts";
import { askMarquez, askUnstuck } from "./marquez-states.ts";
import { comparisonLines, GOAL, ratioOf } from "./marquez-table.ts";
import { Stage } from "./stage.ts";

const CONNECTIONS = 32;
const EVENTS = 10_000;
const WARM_UP = 3_000;
/** The settings of Postgres that decide most. */
const SETTINGS = [
  ...["shared_buffers", "work_mem", "max_wal_size", "wal_compression", "synchronous_commit", "fsync"],
  ...["full_page_writes", "random_page_cost", "jit", "max_connections"],
];

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      jar: { type: "string" },
      marquez: { type: "string", default: MARQUEZ },
      events: { type: "string", default: String(EVENTS) },
      "warm-up": { type: "string", default: String(WARM_UP) },
    },
  });
  const load: Workload = {
    connections: CONNECTIONS,
    events: wholeNumber("events", values.events),
    warmUp: wholeNumber("warm-up", values["warm-up"]),
    at: Date.now(),
  };
  await generateClient();
  const had = await jarOrReason(values.jar, values.marquez);
  const machine = await machineText();
  const stage = await Stage.open(undefined);
  const stop = () => void stage.close().then(() => process.exit(1));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const counter = await stage.database();
    const conditions = {
      machine,
      postgres: await settingsOf(counter),
      ...("jar" in had && { java: await javaVersion(), marquez: values.jar ?? values.marquez }),
      ...load,
      at: new Date(load.at).toISOString(),
    };
    console.log(
      Object.entries(conditions)
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n"),
    );
    const sides = [await unstuck(stage, counter), ...("jar" in had ? [await marquez(counter, had.jar)] : [])];
    const results: SideResult[] = [];
    for (const side of sides) {
      console.log(`Measuring ${side.name} ...`);
      results.push(await measureSide(side, stage, load));
    }
    console.log(`\n${comparisonLines(results).join("\n")}`);
    const ratio = ratioOf(results);
    if (values.json !== undefined) {
      const report = { conditions, ratio: ratio ?? null, goal: GOAL, sides: results };
      await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
    }
    if ("reason" in had) {
      console.log(`\nMarquez was not measured, so there is no ratio. ${had.reason}`);
      process.exitCode = 1;
    }
  } finally {
    await stage.close();
  }
});

async function jarOrReason(given: string | undefined, version: string) {
  try {
    return { jar: given === undefined ? await marquezJar(version) : resolve(given) };
  } catch (error) {
    return { reason: errorWords(error) };
  }
}

/** The production server, pages and background work included. */
async function unstuck(stage: Stage, counter: MeasuredDatabase): Promise<Side> {
  const database = await stage.database();
  return {
    name: "Unstuck",
    ask: askUnstuck,
    start: () => stage.productServer(database),
    statements: () => statementsOf(counter, database.url),
  };
}

async function marquez(counter: MeasuredDatabase, jar: string): Promise<Side> {
  await counter.rows("CREATE DATABASE marquez");
  const url = new URL(counter.url);
  url.pathname = "/marquez";
  return {
    name: "Marquez",
    ask: askMarquez,
    start: () => startMarquez(jar, url.href),
    statements: () => statementsOf(counter, url.href),
  };
}

async function statementsOf(counter: MeasuredDatabase, url: string): Promise<number> {
  return counter.number(
    `SELECT COALESCE(sum(s.calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
     WHERE d.datname = $1`,
    [new URL(url).pathname.slice(1)],
  );
}

async function settingsOf(counter: MeasuredDatabase): Promise<string> {
  await counter.rows("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
  const settings = await counter.rows<{ name: string; value: string }>(
    `SELECT name, current_setting(name) AS value FROM pg_settings
     WHERE name = ANY($1) OR name = 'server_version' ORDER BY name <> 'server_version', name`,
    [SETTINGS],
  );
  return settings.map(({ name, value }) => `${name} ${value}`).join(", ");
}

async function javaVersion(): Promise<string> {
  const said = await succeed("java", ["--version"], { purpose: "run Marquez (Java 17)", cwd: "." });
  return said.split("\n")[0] ?? "";
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is "${text}", but must be a whole number.`);
  return Number(text);
}
