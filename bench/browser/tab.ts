/** A tab of a real Chromium, and when it showed what it was asked for. */
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { BROWSER_FLAGS, ensureBrowser } from "../../lib/testing/browser.ts";

/** What the page marks as painted (components/use-mark-painted.ts). */
export type Painted = "graph in haste" | "graph focus" | "graph whole" | "timeline";

/** Longer than any answer is worth waiting for, ms: what is not there by then has no figure. */
const PATIENCE = 90_000;
const PRESSED = "pressed";

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), args: [...BROWSER_FLAGS] });
}

/** A browser that has seen nothing yet: no scripts, no layouts. */
export async function newVisitor(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
  });
  context.setDefaultTimeout(PATIENCE);
  // The instant of a press, by the browser's clock, before the page has heard of it. Some controls act on it at once.
  await context.addInitScript((name) => {
    const press = (event: Event) => {
      performance.clearMarks(name);
      performance.mark(name, { startTime: event.timeStamp });
    };
    addEventListener("pointerdown", press, { capture: true });
  }, PRESSED);
  return context;
}

/** From the last press to when `what` was on the screen, ms. Waits for it. */
export async function paintedAfterPress(page: Page, what: Painted): Promise<number> {
  const ms = await page.waitForFunction(
    ([pressed, painted]) => {
      const from = performance.getEntriesByName(pressed).at(-1)?.startTime;
      const to = performance.getEntriesByName(painted).at(-1)?.startTime;
      return from !== undefined && to !== undefined && to > from ? to - from : undefined;
    },
    [PRESSED, what] as const,
    { polling: 50 },
  );
  return (await ms.jsonValue()) ?? Number.NaN;
}

/** The same of what may never have been painted. */
export async function paintedMeanwhile(page: Page, what: Painted): Promise<number | undefined> {
  const ms = await page.evaluate(
    ([pressed, painted]) => {
      const from = performance.getEntriesByName(pressed).at(-1)?.startTime ?? 0;
      const to = performance.getEntriesByName(painted).at(-1)?.startTime ?? 0;
      return to > from ? to - from : null;
    },
    [PRESSED, what] as const,
  );
  return ms ?? undefined;
}

/**
 * From the last press to the first frame after `selector` was there, its open tab said something, and nothing in it was
 * still awaited, ms.
 */
export async function shownAfterPress(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    ([pressed, wanted]) =>
      new Promise<number>((resolve) => {
        const from = performance.getEntriesByName(pressed).at(-1)?.startTime ?? 0;
        const look = () => {
          const found = document.querySelector(wanted);
          const says = found?.querySelector("[role=tabpanel]:not([hidden])")?.textContent;
          if (!says || found?.querySelector("[aria-busy=true]")) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.now() - from));
        };
        look();
      }),
    [PRESSED, selector] as const,
  );
}
