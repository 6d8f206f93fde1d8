import { randomUUID } from "node:crypto";
import { type APIRequestContext, type Browser, expect, test } from "@playwright/test";

/** A run of which the plan is known: some steps side by side, between two others. The same plan is the same shape. */
async function tellPlan(api: APIRequestContext, prefix: string, breadth: number): Promise<string> {
  const runId = randomUUID();
  const between = Array.from({ length: breadth }, (_, i) => `${prefix}_${i}`);
  const keys = [`${prefix}_from`, ...between, `${prefix}_to`];
  const edges = between.flatMap((key) => [
    { from: `${prefix}_from`, to: key },
    { from: key, to: `${prefix}_to` },
  ]);
  const event = {
    eventType: "START",
    eventTime: new Date(Date.now() - 60_000).toISOString(),
    producer: "https://example.com/stories",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    run: { runId },
    job: {
      ...{ namespace: `layouts-${prefix}`, name: "layouts" },
      facets: { unstuck_plan: { nodes: keys.map((key) => ({ key })), edges } },
    },
  };
  const response = await api.post("/api/v1/lineage/batch", { data: [event] });
  if (response.status() !== 200) throw new Error(await response.text());
  return runId;
}

/** A browser that has seen nothing yet, in which whatever is given to a worker is never answered. */
async function browserWithoutWorker(browser: Browser) {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    Object.assign(globalThis, {
      Worker: class extends EventTarget {
        postMessage(): void {}
        terminate(): void {}
      },
    });
  });
  return context.newPage();
}

const isLayout = (address: string) => new URL(address).pathname.startsWith("/api/v1/layouts/");

test("what one browser has laid out, another draws at once: it needs no worker", async ({
  page,
  browser,
  request,
}) => {
  const prefix = `s${randomUUID().slice(0, 6)}`;
  const first = await tellPlan(request, prefix, 5);
  const offered = page.waitForResponse((r) => isLayout(r.url()) && r.request().method() === "PUT");
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(`/runs/${first}?scope=whole`);
  expect((await offered).status()).toBe(200);
  const step = `[data-node="${prefix}_3"]`;
  await expect(page.locator(step)).toBeVisible();
  expect(faults).toEqual([]);

  const other = await browserWithoutWorker(browser);
  const answered = other.waitForResponse((r) => isLayout(r.url()));
  await other.goto(`/runs/${await tellPlan(request, prefix, 5)}?scope=whole`);
  const answer = await answered;
  expect(answer.status()).toBe(200);
  expect(answer.headers()["cache-control"]).toContain("immutable");
  await expect(other.locator(step)).toBeVisible();
  await other.context().close();
});

test("nobody keeps the layout of one shape as that of another, or from another site's page", async ({
  request,
}) => {
  const offer = {
    nodes: [{ id: randomUUID(), parent: null }],
    edges: [],
    coordinates: [1, 2],
  };
  const put = (hash: string, data: unknown, headers = {}) =>
    request.put(`/api/v1/layouts/${hash}`, {
      data,
      headers: { "content-type": "application/json", ...headers },
    });
  const refused = await put("1-none", offer);
  expect(refused.status()).toBe(400);
  const { problems } = (await refused.json()) as { problems: { path: string; reason: string }[] };
  const hash = /is (\S+)$/.exec(problems[0]?.reason ?? "")?.[1] ?? "";
  const kept = async () => (await request.get(`/api/v1/layouts/${hash}`)).json();
  expect(await kept()).toEqual({ coordinates: null });

  expect((await request.get("/api/v1/layouts/1-1-0-a%00")).status()).toBe(404);
  expect((await put(hash, offer, { "sec-fetch-site": "cross-site" })).status()).toBe(403);
  expect((await put(hash, { ...offer, coordinates: [1] })).status()).toBe(400);
  expect((await put(hash, { ...offer, more: "x".repeat(2_000_000) })).status()).toBe(413);
  expect(await kept()).toEqual({ coordinates: null });

  expect(await (await put(hash, offer)).json()).toEqual({ isFirst: true });
  expect(await (await put(hash, { ...offer, coordinates: [3, 4] })).json()).toEqual({ isFirst: false });
  expect(await kept()).toEqual({ coordinates: [1, 2] });
});
