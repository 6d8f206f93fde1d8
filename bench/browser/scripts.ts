/** How much JavaScript a browser that has seen nothing fetches for a page, as it comes over the wire. */
import type { Browser } from "@playwright/test";
import type { Row } from "../row.ts";
import type { Server } from "../stage.ts";
import { newVisitor } from "./tab.ts";

/** Compressed, bytes: the goal of the run page. */
const GOAL_BYTES = 250_000;
const KB = 1_000;
/** What is fetched after the page has come to rest is not wanted yet, ms. */
const REST = 1_500;
/** On the graph of a page of 1440 by 900. */
const GRAPH = { x: 500, y: 560 };

export interface Visited {
  readonly name: string;
  readonly path: string;
  readonly isRun?: boolean;
}

export async function scriptRows(
  browser: Browser,
  server: Server,
  pages: readonly Visited[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, path, isRun = false } of pages) {
    const { page, worker, files, later } = await fetched(browser, `${server.url}${path}`, isRun);
    rows.push({
      group: "pages",
      what: `JavaScript of ${name}`,
      measured: { value: page / KB, unit: "kB" },
      ...(isRun && { goal: { of: "measured", is: "at most", limit: GOAL_BYTES / KB } }),
      notes: [
        `${files} files, compressed` +
          (worker > 0
            ? `; and ${Math.round(worker / KB)} kB for the worker that lays out, beside the page`
            : ""),
      ],
    });
    if (later === 0) continue;
    rows.push({
      group: "pages",
      what: `JavaScript of ${name}, once one turns to its graph`,
      measured: { value: (page + later) / KB, unit: "kB" },
    });
  }
  return rows;
}

/** `later` is what comes once somebody turns to the graph. */
async function fetched(
  browser: Browser,
  url: string,
  hasGraph: boolean,
): Promise<{ page: number; worker: number; files: number; later: number }> {
  const context = await newVisitor(browser);
  const sizes: Promise<{ isPage: boolean; bytes: number }>[] = [];
  context.on("requestfinished", (request) => {
    if (!new URL(request.url()).pathname.endsWith(".js")) return;
    // What a worker asks for is no script of the page's.
    const isPage = request.resourceType() === "script";
    sizes.push(request.sizes().then(({ responseBodySize }) => ({ isPage, bytes: responseBodySize })));
  });
  const tab = await context.newPage();
  await tab.goto(url, { waitUntil: "networkidle" });
  await tab.waitForTimeout(REST);
  const found = await Promise.all(sizes);
  if (hasGraph) {
    await tab.mouse.move(GRAPH.x, GRAPH.y);
    await tab.mouse.move(GRAPH.x + 5, GRAPH.y);
    await tab.waitForTimeout(REST);
  }
  const all = await Promise.all(sizes);
  await context.close();
  const sum = (all: typeof found): number => all.reduce((bytes, one) => bytes + one.bytes, 0);
  return {
    page: sum(found.filter(({ isPage }) => isPage)),
    worker: sum(found.filter(({ isPage }) => !isPage)),
    files: found.length,
    later: sum(all.filter(({ isPage }) => isPage)) - sum(found.filter(({ isPage }) => isPage)),
  };
}
