/** From the click on a run in the list to its graph on the screen. */
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { Durations } from "../load/spread.ts";
import type { Row } from "../row.ts";
import type { Server } from "../stage.ts";
import { newVisitor, type Painted, paintedAfterPress, paintedMeanwhile } from "./tab.ts";
import type { ToldRun } from "./told-runs.ts";

const GOAL_MS = 2_000;

interface Opened {
  readonly ms: number;
  /** Where a plainer layout was shown until then: when. */
  readonly interimMs: number | undefined;
}

/** Opens the list, finds the run there, and clicks on it as a person would. The page stays open. */
export async function clickRun(
  page: Page,
  server: Server,
  run: Pick<ToldRun, "rootId" | "pipeline">,
): Promise<void> {
  await page.goto(`${server.url}/?q=${run.pipeline}`, { waitUntil: "networkidle" });
  await page.locator(`tr a[href^="/runs/${run.rootId}"]`).first().click();
}

async function open(context: BrowserContext, server: Server, run: ToldRun, what: Painted): Promise<Opened> {
  const page = await context.newPage();
  const left = leavesLayout(page);
  await clickRun(page, server, run);
  const ms = await paintedAfterPress(page, what);
  const interimMs = await paintedMeanwhile(page, "graph in haste");
  const headline = await page.getByRole("heading", { level: 1 }).textContent();
  if (!headline?.trim()) throw new Error("The page of a run says nothing.");
  await left();
  await page.close();
  return { ms, interimMs };
}

/** From now on a page is watched; what is returned waits until the server has what the page laid out, if it had to. */
function leavesLayout(page: Page): () => Promise<unknown> {
  const isLayout = (address: string) => new URL(address).pathname.startsWith("/api/v1/layouts/");
  let offer: Promise<unknown> = Promise.resolve();
  page.on("response", (response) => {
    if (!isLayout(response.url()) || response.request().method() !== "GET") return;
    // What is kept is kept for good; that there is none may be otherwise in a moment.
    if (!response.headers()["cache-control"]?.includes("immutable"))
      offer = page.waitForResponse((r) => isLayout(r.url()) && r.request().method() === "PUT");
  });
  return () => offer;
}

/** Each of `firsts` by a visitor who has seen nothing, then the run of the same shape in `seconds` by another one. */
export async function openingRows(
  browser: Browser,
  server: Server,
  name: string,
  { firsts, seconds, what }: { firsts: readonly ToldRun[]; seconds: readonly ToldRun[]; what: Painted },
): Promise<Row[]> {
  const [unknown, known, again] = [new Durations(), new Durations(), new Durations()];
  const interim = new Durations();
  for (const [nth, first] of firsts.entries()) {
    const second = seconds[nth];
    const context = await newVisitor(browser);
    const opened = await open(context, server, first, what);
    unknown.add(opened.ms);
    if (opened.interimMs !== undefined) interim.add(opened.interimMs);
    if (second) {
      again.add((await open(context, server, second, what)).ms);
      const other = await newVisitor(browser);
      known.add((await open(other, server, second, what)).ms);
      await other.close();
    }
    await context.close();
  }
  const first = unknown.spread();
  const later = known.spread();
  const same = again.spread();
  const early = interim.spread();
  return [
    {
      group: "pages",
      what: `${name}, first shape`,
      measured: { value: first.p50, unit: "ms" },
      notes: [
        `from the press to the graph in its places, with the headline above it; at most ${round(first.max)} ms; ` +
          (Number.isNaN(early.p50)
            ? "no other layout before"
            : `in plain columns from ${round(early.p50)} ms on`),
      ],
    },
    {
      group: "pages",
      what: `${name}, known shape`,
      measured: { value: later.p50, unit: "ms" },
      reference: { value: first.p50, unit: "ms", what: "first shape" },
      goal: { of: "measured", is: "at most", limit: GOAL_MS },
      notes: [
        `another run of the shape, in a browser that has seen nothing; at most ${round(later.max)} ms; ` +
          `in the browser of the first ${round(same.p50)} ms`,
      ],
    },
  ];
}

function round(ms: number): number {
  return Math.round(ms);
}
