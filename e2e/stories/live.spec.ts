import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, type Page, request, test } from "@playwright/test";
import { type OwnServer, ownServer } from "../own-server";
import { tell, tellNightly } from "../pipelines";

/** Nothing is asked for by the clock any more: what the page shows then, it was told of. */
async function neverAskByTheClock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const setIntervalOfPage = window.setInterval.bind(window);
    window.setInterval = ((work: () => void, ms: number) =>
      ms >= 1_000 ? 0 : setIntervalOfPage(work, ms)) as typeof window.setInterval;
  });
}

const pulse = (page: Page) => page.getByRole("banner").getByRole("status").first();
/** Told of changes there is no age beside it. */
const isLive = (page: Page) => expect(page.getByRole("banner")).toContainText(/Live(?!(Live)? ·)/);

async function openStreams(api: APIRequestContext): Promise<number> {
  const text = await (await api.get("/metrics")).text();
  return Number(/^unstuck_live_streams (\d+)/m.exec(text)?.[1]);
}

test("what is committed is on the screen without the page asking for it", async ({ page, request }) => {
  await neverAskByTheClock(page);
  const nightly = await tellNightly(request);
  await page.goto(`/runs/${nightly.runId}`);
  const headline = page.getByRole("heading", { level: 1 });
  await expect(headline).toContainText("train[2] wrote both its outputs");
  await isLive(page);
  await nightly.complete();
  await expect(headline).not.toContainText("train[2] wrote both its outputs");

  await page.goto("/");
  await isLive(page);
  const later = await tellNightly(request);
  await expect(page.getByText(later.name).first()).toBeVisible();

  await page.goto("/sources");
  await isLive(page);
  const source = `told-${randomUUID().slice(0, 6)}`;
  await tell(request, source, { type: "START", at: Date.now(), runId: randomUUID(), name: "job" });
  await expect(page.getByText(source).first()).toBeVisible();
});

for (const scope of ["whole", "focus"]) {
  test(`nodes keep their places while the run goes on: ${scope}`, async ({ page, request }) => {
    const nightly = await tellNightly(request);
    await page.goto(`/runs/${nightly.runId}?scope=${scope}`);
    await page.getByRole("button", { name: "Zoom in" }).hover();
    const nodes = page.locator(".react-flow__node [data-node]");
    await expect(nodes.first()).toBeVisible();
    const places = () =>
      nodes.evaluateAll((all) =>
        all.map(
          (n) =>
            [n.getAttribute("data-node"), n.closest(".react-flow__node")?.getAttribute("style")] as const,
        ),
      );
    const headline = page.getByRole("heading", { level: 1 });
    await expect(headline).toContainText("train[2] wrote both its outputs");
    const before = new Map(await places());
    expect(before.size).toBeGreaterThan(5);
    await nightly.complete();
    await expect(page.getByRole("button", { name: /^Finished train\[2\]/ })).toBeVisible();
    const stayed = (await places()).filter(([key]) => before.has(key));
    expect(stayed.length).toBeGreaterThan(before.size / 2);
    expect(stayed).toEqual(stayed.map(([key]) => [key, before.get(key)]));
  });
}

test.describe("when the server is killed", () => {
  let server: OwnServer;
  test.beforeAll(async () => {
    server = await ownServer();
  });
  test.afterAll(() => server.remove());

  test("the page says so, catches up when it is back, and a hidden tab holds no connection", async ({
    page,
  }) => {
    const api = () => request.newContext({ baseURL: server.address });
    const nightly = await tellNightly(await api());
    await page.goto(`${server.address}/runs/${nightly.runId}`);
    const headline = page.getByRole("heading", { level: 1 });
    await expect(headline).toContainText("train[2] wrote both its outputs");
    await isLive(page);

    await server.kill();
    await expect(pulse(page)).toHaveText(/Reconnecting|Connection lost/);
    await expect(headline).toContainText("train[2] wrote both its outputs");
    // What the page did not bring along comes when the server is back.
    await page.getByRole("tab", { name: "Metadata" }).click();
    await expect(page.getByRole("tab", { name: "Metadata" })).toHaveAttribute("aria-selected", "true");
    await server.start();
    await tell(await api(), nightly.source, {
      ...{ type: "COMPLETE", at: Date.now(), runId: nightly.trainId },
      name: `${nightly.name}.train`,
    });
    await expect(headline).not.toContainText("train[2] wrote both its outputs");
    await isLive(page);
    await expect(page.getByRole("tabpanel", { name: "Metadata" })).toContainText(
      /Signs of life|No record yet/,
    );

    expect(await openStreams(await api())).toBe(1);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect.poll(async () => openStreams(await api())).toBe(0);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => false });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect.poll(async () => openStreams(await api())).toBe(1);
    await isLive(page);
  });
});
