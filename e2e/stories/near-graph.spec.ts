import { expect, type Locator, type Page, test } from "@playwright/test";
import { awaitState, type Nightly, tellNightly } from "../pipelines";

let nightly: Nightly;
test.beforeAll(async ({ request }) => {
  nightly = await tellNightly(request);
  await awaitState(request, nightly.runId, "stuck");
});

/** Where each node stands, in whole pixels. */
const boxes = (nodes: Locator) =>
  nodes.evaluateAll((all) =>
    all.map((n) => {
      const { x, y, width } = n.getBoundingClientRect();
      return [n.getAttribute("data-node"), Math.round(x), Math.round(y), Math.round(width)].join(" ");
    }),
  );

/** Scripts that are asked for from now on do not come until they are let through. */
async function holdScripts(page: Page) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  await page.route("**/*.js", async (route) => {
    asked += 1;
    await released;
    await route.continue();
  });
  return { release, asked: () => asked };
}

const nodes = (page: Page) => page.locator("[data-node]");
const flow = (page: Page) => page.locator(".react-flow__node [data-node]");

test("a graph is moved, zoomed and walked before React Flow is there, and stays as it was left when it comes", async ({
  page,
}) => {
  await page.goto(`/runs/${nightly.runId}?scope=whole`);
  await expect(nodes(page).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  const { release, asked } = await holdScripts(page);
  // Nobody has turned to the graph.
  expect(await flow(page).count()).toBe(0);
  expect(asked()).toBe(0);

  const first = await boxes(nodes(page));
  const held = page.locator('[data-node="train[1]"]');
  const place = await held.boundingBox();
  if (!place) throw new Error("a node has no place");
  // A drag that begins on a node moves the graph and chooses nothing.
  const { href } = new URL(page.url());
  await page.mouse.move(place.x + 20, place.y + 20);
  await page.mouse.down();
  await page.mouse.move(place.x + 60, place.y + 50, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => boxes(nodes(page))).not.toEqual(first);
  const moved = await held.boundingBox();
  expect(Math.round((moved?.x ?? 0) - place.x)).toBe(40);
  expect(Math.round((moved?.y ?? 0) - place.y)).toBe(30);
  expect(page.url()).toBe(href);
  await expect.poll(asked).toBe(1);
  await page.mouse.wheel(0, -120);
  await expect.poll(async () => (await held.boundingBox())?.width ?? 0).toBeGreaterThan(place.width);

  await page.getByRole("button", { name: /Stuck train\[2\]/ }).focus();
  await page.keyboard.press("ArrowRight");
  const planned = page.getByRole("button", { name: /^Planned evaluate/ });
  await expect(planned).toBeFocused();
  await expect(page).toHaveURL(/node=evaluate/);

  const left = await boxes(nodes(page));
  const came = page.waitForResponse((response) => response.url().endsWith(".js"));
  release();
  await came;
  // Whoever walks by keys keeps the focus.
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await expect(planned).toBeFocused();
  expect(await flow(page).count()).toBe(0);
  await page.keyboard.press("Enter");
  await expect(flow(page).first()).toBeVisible();
  await expect.poll(() => boxes(flow(page))).toEqual(left);
  await page.keyboard.press("Escape");
  await expect(planned).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/node=/);
});

test("a few steps can be read on a phone before one zooms, from the first on", async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const done = await tellNightly(request);
  await done.complete();
  await page.goto(`/runs/${done.runId}?scope=whole&node=ingest`);
  const step = page.locator('[data-node="ingest"]');
  await expect(step).toBeInViewport({ ratio: 1 });
  expect((await step.boundingBox())?.width).toBeGreaterThan(110);
});

test("a phone's menu comes with the first press of its button", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/runs/${nightly.runId}`);
  await page.waitForLoadState("networkidle");
  const { release, asked } = await holdScripts(page);
  const button = page.getByRole("button", { name: "Menu" });
  await button.click();
  await expect.poll(asked).toBeGreaterThan(0);
  release();
  const menu = page.getByRole("dialog", { name: "Menu" });
  await expect(menu.getByRole("link", { name: "Sources" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a finger and a wheel lead past the graph, and two fingers zoom it", async ({ page, request }) => {
    const { runId } = await tellNightly(request);
    await page.goto(`/runs/${runId}`);
    const node = page.getByRole("button", { name: /Stuck train\[2\]/ });
    await expect(node).toBeVisible();
    const tab = await page.context().newCDPSession(page);
    type Spot = readonly [x: number, y: number];
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...spots: Spot[]) =>
      tab.send("Input.dispatchTouchEvent", { type, touchPoints: spots.map(([x, y], id) => ({ id, x, y })) });
    const middle = async (): Promise<Spot> => {
      const box = await page.getByRole("tabpanel", { name: "Graph" }).boundingBox();
      if (!box) throw new Error("the graph has no place");
      return [Math.round(box.x + box.width / 2), Math.round(box.y + 160)];
    };
    const scrolled = () => page.evaluate(() => window.scrollY);
    // A finger that is lifted while it moves leaves the page moving, past the graph perhaps.
    const backToTop = () =>
      expect(async () => {
        await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
        await page.waitForTimeout(200);
        expect(await scrolled()).toBe(0);
      }).toPass();
    const [x, y] = await middle();
    await touch("touchStart", [x, y]);
    for (let by = 10; by <= 120; by += 10) await touch("touchMove", [x, y - by]);
    await touch("touchEnd");
    await expect.poll(scrolled).toBeGreaterThan(60);
    await backToTop();
    await page.mouse.move(...(await middle()));
    await page.mouse.wheel(0, 40);
    await expect.poll(scrolled).toBeGreaterThan(0);

    await backToTop();
    const before = await node.boundingBox();
    const [px, py] = await middle();
    await touch("touchStart", [px - 30, py], [px + 30, py]);
    for (let by = 34; by <= 60; by += 2) await touch("touchMove", [px - by, py], [px + by, py]);
    await touch("touchEnd");
    await expect
      .poll(async () => ((await node.boundingBox())?.width ?? 0) / (before?.width ?? 1))
      .toBeGreaterThan(1.5);
  });
});
