/** What a person waits for in the browser: Chromium against the production build. */
import type { Browser } from "@playwright/test";
import { followedRows } from "../browser/followed.ts";
import type { Smoothness } from "../browser/frames.ts";
import { dragging, framesWhile, scrolling, zooming } from "../browser/gestures.ts";
import { largeRunRows } from "../browser/large-run.ts";
import { openingRows } from "../browser/openings.ts";
import { scriptRows } from "../browser/scripts.ts";
import { smoothRows } from "../browser/smooth-rows.ts";
import { newVisitor, openBrowser } from "../browser/tab.ts";
import { Teller, type ToldRun } from "../browser/told-runs.ts";
import type { Row } from "../row.ts";
import type { Sizes } from "../sizes.ts";
import type { Server, Stage } from "../stage.ts";
import { settle } from "./settle.ts";

const MIDDLE = { x: 500, y: 560 };
/** Nodes of the run that is followed while it goes on. */
const FOLLOWED = 1_000;

export async function pageRows(stage: Stage, sizes: Sizes): Promise<Row[]> {
  const database = await stage.database();
  const server = await stage.productServer(database, { UNSTUCK_MAX_BODY_BYTES: String(64 * 1024 ** 2) });
  const teller = new Teller(server);
  const runs = await tellRuns(teller, sizes);
  await settle(database);
  await database.rows("VACUUM ANALYZE");
  const browser = await openBrowser();
  try {
    return await browserRows(browser, server, sizes, runs);
  } finally {
    await browser.close();
    await server.end();
  }
}

interface Runs {
  /** Ended, so that their pages open on all of the graph. */
  readonly ended: readonly { name: string; firsts: ToldRun[]; seconds: ToldRun[] }[];
  readonly small: ToldRun;
  readonly large: ToldRun;
  readonly followed: ToldRun;
  readonly open: ToldRun;
}

async function tellRuns(teller: Teller, sizes: Sizes): Promise<Runs> {
  const ended: { name: string; firsts: ToldRun[]; seconds: ToldRun[] }[] = [];
  const drawn = [
    ...sizes.drawn.map((size) => ({ shape: "woven", size }) as const),
    { shape: "chain", size: sizes.chained } as const,
    // What the chain is held against.
    { shape: "woven", size: sizes.chained } as const,
  ];
  for (const { shape, size } of drawn) {
    const [firsts, seconds]: [ToldRun[], ToldRun[]] = [[], []];
    for (let variant = 0; variant < sizes.openings; variant += 1) {
      firsts.push(await teller.tell(shape, size, { ended: true, variant }));
      seconds.push(await teller.tell(shape, size, { ended: true, variant }));
    }
    ended.push({
      name: `click to the graph, ${size.toLocaleString("en-US")} nodes${shape === "chain" ? " in a chain" : ""}`,
      firsts,
      seconds,
    });
  }
  return {
    ended,
    small: await teller.tell("woven", 200, { ended: true }),
    open: await teller.tell("woven", 200),
    large: await teller.tell("lattice", sizes.timelined),
    followed: await teller.tell("woven", FOLLOWED),
  };
}

async function browserRows(browser: Browser, server: Server, sizes: Sizes, runs: Runs): Promise<Row[]> {
  // The server has answered for a page before.
  await openingRows(browser, server, "", { firsts: [runs.small], seconds: [], what: "graph whole" });
  const rows: Row[] = [];
  for (const { name, firsts, seconds } of runs.ended)
    rows.push(...(await openingRows(browser, server, name, { firsts, seconds, what: "graph whole" })));
  const empty = await emptyPage(browser, sizes);
  const most = runs.ended[sizes.drawn.length - 1]?.firsts[0];
  if (most) rows.push(...(await movedRows(browser, server, sizes, most, empty)));
  rows.push(...(await largeRunRows(browser, server, runs.large, sizes, empty)));
  rows.push(...(await followedRows(browser, server, runs.followed, sizes.followedSeconds)));
  const open = `/runs/${runs.open.rootId}`;
  const pipeline = `/pipelines/shapes/${runs.open.pipeline}`;
  rows.push(
    ...(await scriptRows(browser, server, [
      { name: "a run's page", path: open, isRun: true },
      { name: "a run's page, all of a large graph", path: `/runs/${most?.rootId}`, isRun: true },
      { name: "a run's page, its timeline", path: `${open}?view=timeline`, isRun: true },
      { name: "the home page", path: "/" },
      { name: "a comparison", path: `${open}/compare` },
      { name: "the pipelines", path: "/pipelines" },
      { name: "a pipeline", path: pipeline },
      { name: "the sources", path: "/sources" },
      { name: "the thresholds", path: "/policy" },
      { name: "the rules", path: "/rules" },
      { name: "the keys", path: "/keys" },
      { name: "how to connect", path: "/connect" },
    ])),
  );
  return rows;
}

type Movements = Readonly<Record<"drag" | "zoom" | "scroll", Smoothness>>;

/** The same movements over a page that draws nothing: what this machine and browser can do at best. */
async function emptyPage(browser: Browser, { gestureSeconds }: Sizes): Promise<Movements> {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await page.setContent("<p>Nothing</p>");
  const empty = {
    drag: await framesWhile(page, gestureSeconds, dragging(page, MIDDLE)),
    zoom: await framesWhile(page, gestureSeconds, zooming(page, MIDDLE)),
    scroll: await framesWhile(page, gestureSeconds, scrolling(page, MIDDLE)),
  };
  await context.close();
  return empty;
}

async function movedRows(
  browser: Browser,
  server: Server,
  { gestureSeconds }: Sizes,
  run: ToldRun,
  empty: Movements,
): Promise<Row[]> {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await page.goto(`${server.url}/runs/${run.rootId}`, { waitUntil: "networkidle" });
  await page.getByRole("application").waitFor();
  await page.waitForTimeout(1_000);
  const pan = await framesWhile(page, gestureSeconds, dragging(page, MIDDLE));
  await page.mouse.up();
  const zoom = await framesWhile(page, gestureSeconds, zooming(page, MIDDLE));
  await context.close();
  const name = `graph of ${run.size.toLocaleString("en-US")} nodes`;
  return [
    ...smoothRows(`${name}, panning`, pan, empty.drag),
    ...smoothRows(`${name}, zooming`, zoom, empty.zoom),
  ];
}
