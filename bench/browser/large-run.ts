/** A run of very many nodes: its timeline, and its node panel. */
import type { Browser, Page } from "@playwright/test";
import { Durations } from "../load/spread.ts";
import type { Row } from "../row.ts";
import type { Sizes } from "../sizes.ts";
import type { Server } from "../stage.ts";
import type { Smoothness } from "./frames.ts";
import { framesWhile, scrolling, zooming } from "./gestures.ts";
import { clickRun } from "./openings.ts";
import { smoothRows } from "./smooth-rows.ts";
import { newVisitor, paintedAfterPress, shownAfterPress } from "./tab.ts";
import type { ToldRun } from "./told-runs.ts";

const PANEL_GOAL_MS = 200;
/** Where rows are, and where the axis is, on a page of 1440 by 900. */
const ROWS = { x: 600, y: 560 };

export async function largeRunRows(
  browser: Browser,
  server: Server,
  run: ToldRun,
  sizes: Sizes,
  empty: { scroll: Smoothness; zoom: Smoothness },
): Promise<Row[]> {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await clickRun(page, server, run);
  const focusMs = await paintedAfterPress(page, "graph focus");
  await quiet(page);
  await page.getByRole("tab", { name: "Timeline" }).click();
  const readableMs = await paintedAfterPress(page, "timeline");
  await quiet(page);
  const scroll = await framesWhile(page, sizes.gestureSeconds, scrolling(page, ROWS));
  const axis = await page.getByRole("region", { name: "Timeline of the run" }).boundingBox();
  if (!axis) throw new Error("The timeline has no place.");
  const zoom = await framesWhile(
    page,
    sizes.gestureSeconds,
    zooming(page, { x: axis.x + axis.width / 2, y: axis.y + 10 }),
  );
  await quiet(page);
  const panel = new Durations();
  // Down the rows: each is a node whose panel was not open before.
  for (let nth = 0; nth < sizes.panels; nth += 1) {
    const rows = page.locator('tr[data-key][aria-selected="false"]');
    const row = rows.nth(4 + (nth % 3));
    const key = await row.getAttribute("data-key");
    await row.click();
    panel.add(await shownAfterPress(page, `aside[aria-label="Node ${key}"]`));
    await page.mouse.wheel(0, 44 * 40);
    await quiet(page);
  }
  await context.close();
  const rows = run.size.toLocaleString("en-US");
  const { p50, p95, max } = panel.spread();
  return [
    {
      group: "pages",
      what: `click to the focus graph, ${rows} nodes`,
      measured: { value: focusMs, unit: "ms" },
      notes: ["one sample, in a browser that has seen nothing"],
    },
    {
      group: "pages",
      what: `timeline of ${rows} rows: click to its bars`,
      measured: { value: readableMs, unit: "ms" },
      notes: ["from the click on the tab of an open page; one sample"],
    },
    ...smoothRows(`timeline of ${rows} rows, scrolling`, scroll, empty.scroll),
    ...smoothRows(`timeline of ${rows} rows, zooming`, zoom, empty.zoom),
    {
      group: "pages",
      what: `node panel, ${rows} nodes: p95`,
      measured: { value: p95, unit: "ms" },
      goal: { of: "measured", is: "at most", limit: PANEL_GOAL_MS },
      notes: [
        `from the press on a row to all of the panel; ${sizes.panels} nodes; p50 ${Math.round(p50)} ms, at most ${Math.round(max)} ms`,
      ],
    },
  ];
}

/** What the last step began has been done. */
async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(400);
}
