import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";

/** A run of which a plan is all that is known, and some steps of it. */
async function tellPlan(
  api: APIRequestContext,
  keys: readonly string[],
  edges: readonly (readonly [string, string])[],
  mapped: readonly string[] = [],
) {
  const [namespace, name, runId] = [`large-${randomUUID().slice(0, 4)}`, "large", randomUUID()];
  const said = (type: string, id: string, job: string, run: object, facets: object) => ({
    eventType: type,
    eventTime: new Date(Date.now() - 60_000).toISOString(),
    producer: "https://example.com/stories",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    run: { runId: id, facets: run },
    job: { namespace, name: job, facets },
  });
  const nodes = keys.map((key) => ({ key }));
  const unstuck_plan = { nodes, edges: edges.map(([from, to]) => ({ from, to })) };
  const parent = { run: { runId }, job: { namespace, name } };
  const events = [said("START", runId, name, {}, { unstuck_plan })];
  // The first promises beats, and is silent.
  const silent = { parent, unstuck_attempt: { nodeKey: keys[0] }, unstuck_heartbeat: { interval: 1 } };
  if (mapped.length === 0) events.push(said("START", randomUUID(), `${name}.${keys[0]}`, silent, {}));
  for (const key of mapped) {
    for (let mapIndex = 0; mapIndex < 40; mapIndex++)
      events.push(
        said("START", randomUUID(), `${name}.${key}`, { parent, unstuck_attempt: { mapIndex } }, {}),
      );
  }
  const response = await api.post("/api/v1/lineage/batch", { data: events });
  if (response.status() !== 200) throw new Error(await response.text());
  return runId;
}

const map = (page: Page) => page.getByTestId("map");
const frame = (page: Page) => map(page).locator("div").boundingBox();

test("a map of a large graph shows where one is, and a press on it goes there", async ({ page, request }) => {
  const keys = Array.from({ length: 1_700 }, (_, i) => `step_${i}`);
  const edges = keys.slice(17).map((key, i) => [String(keys[i]), key] as const);
  const runId = await tellPlan(request, keys, edges);
  await page.goto(`/runs/${runId}?scope=whole&node=step_0`);
  await expect(map(page)).toBeVisible();
  const box = await map(page).boundingBox();
  if (!box) throw new Error("the map has no place");
  const before = await frame(page);
  expect(before?.x).toBeLessThan(box.x + box.width / 2);
  await page.mouse.click(box.x + box.width - 12, box.y + box.height / 2);
  await expect.poll(async () => (await frame(page))?.x ?? 0).toBeGreaterThan(box.x + box.width / 2);

  // It is no stop of the Tab key, and on a phone it would cover the graph.
  expect(
    await map(page).evaluate((element) => element.querySelectorAll("[tabindex], button, a").length),
  ).toBe(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(map(page)).toBeHidden();
});

test("where not all edges are drawn the page says so, and a phone can copy the answer", async ({
  page,
  request,
}) => {
  const runId = await tellPlan(request, ["score", "merge"], [["score", "merge"]], ["score", "merge"]);
  await page.goto(`/runs/${runId}?scope=whole`);
  await expect(page.getByRole("button", { name: "79 of 1,600 edges drawn" })).toBeVisible();
  const copy = page.getByRole("button", { name: "Copy as Markdown: the answer, for an issue or a chat" });
  await expect(copy).toHaveText(/^Markdown/);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(copy).toHaveText(/^Copy as Markdown/);
  await copy.click();
  await expect(copy).toContainText("Copied");
});

test("evidence lights up its node on the canvas, too", async ({ page, request }) => {
  const keys = Array.from({ length: 200 }, (_, i) => `step_${i}`);
  const edges = keys.slice(20).map((key, i) => [String(keys[i]), key] as const);
  const runId = await tellPlan(request, keys, edges);
  await page.goto(`/runs/${runId}?scope=whole&node=step_0`);
  const canvas = page.getByRole("application", { name: /^Graph of 200 nodes/ });
  await expect(canvas).toBeVisible();
  const panel = page.getByRole("complementary");
  await expect(panel.getByRole("heading", { name: "Evidence" })).toBeVisible();
  await expect(canvas).not.toHaveAttribute("data-lit");
  const before = await canvas.screenshot();
  await panel.getByRole("button", { name: /beat/i }).first().hover();
  await expect(canvas).toHaveAttribute("data-lit", "step_0");
  await expect.poll(async () => before.equals(await canvas.screenshot())).toBe(false);
  await panel.getByRole("heading", { level: 2 }).hover();
  await expect(canvas).not.toHaveAttribute("data-lit");
});

test("the answer about a large run is not sent again where nothing has changed", async ({
  page,
  request,
}) => {
  const keys = Array.from({ length: 1_700 }, (_, i) => `step_${i}`);
  const runId = await tellPlan(request, keys, []);
  // What is told just now is judged once more in the background.
  await expect
    .poll(async () => (await (await request.get(`/api/v1/runs?q=${runId}`)).json()).runs[0]?.nodesTotal)
    .toBe(1_700);
  const answers: number[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname === `/api/v1/runs/${runId}`) answers.push(response.status());
  });
  await page.goto(`/runs/${runId}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // The page asks again when it hears of changes, or may have missed one; its words age after some seconds.
  await expect.poll(() => answers).toContain(304);
  expect(answers[0]).toBe(200);
  await expect(page.getByRole("button", { name: "1,700 nodes" })).toBeVisible();
});
