/** What a tab holds in memory while its run goes on. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, CDPSession } from "@playwright/test";
import { postEvents } from "../post.ts";
import type { Row } from "../row.ts";
import type { Server } from "../stage.ts";
import { clickRun } from "./openings.ts";
import { newVisitor, paintedAfterPress } from "./tab.ts";
import type { ToldRun } from "./told-runs.ts";

/** A step of the run ends and another begins so often, ms. */
const TURN = 2_000;
const WARM_UP_TURNS = 5;
const MIB = 1024 ** 2;

export async function followedRows(
  browser: Browser,
  server: Server,
  run: ToldRun,
  seconds: number,
): Promise<Row[]> {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await clickRun(page, server, run);
  await paintedAfterPress(page, "graph focus");
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  let answers = 0;
  page.on("response", (response) => {
    if (new URL(response.url()).pathname === `/api/v1/runs/${run.rootId}`) answers += 1;
  });
  const turns = Math.ceil((seconds * 1000) / TURN);
  let first = await held(devtools);
  for (let turn = 0; turn < turns; turn += 1) {
    const events = run.goOn(turn, Date.now());
    if (events.length > 0) await postEvents(server.url, events);
    await sleep(TURN);
    if (turn === WARM_UP_TURNS) first = await held(devtools);
  }
  const last = await held(devtools);
  await context.close();
  const minutes = Number((seconds / 60).toFixed(1));
  return [
    {
      group: "pages",
      what: `memory of a tab after ${minutes} min of a live run`,
      measured: { value: last.heap / MIB, unit: "MiB" },
      reference: {
        value: first.heap / MIB,
        unit: "MiB",
        what: `after ${(WARM_UP_TURNS + 1) * (TURN / 1000)} s`,
      },
      notes: [
        `JavaScript's heap after a collection; ${run.size.toLocaleString("en-US")} nodes, a step ended and one began ` +
          `every ${TURN / 1000} s, the page read the run ${answers} times; elements of the page: ${first.nodes} then ${last.nodes}`,
      ],
    },
  ];
}

async function held(devtools: CDPSession): Promise<{ heap: number; nodes: number }> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes") };
}
