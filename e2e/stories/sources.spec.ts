import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { tell } from "../pipelines";

const aSource = () => `shop://eu west/ü?${randomUUID().slice(0, 4)}%2F`;

test("an engineer finds out why her new source does not show up, mends it, and sees it come alive", async ({
  page,
  request,
}) => {
  const source = aSource();
  const event = {
    eventType: "START",
    eventTime: new Date().toISOString(),
    producer: "https://example.com/stories",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    run: {},
    job: { namespace: source, name: "load" },
  };
  const refused = await request.post("/api/v1/lineage", { data: event });
  expect(refused.status()).toBe(422);

  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Sources" }).click();
  const row = page.getByRole("row").filter({ hasText: source });
  await expect(row).toContainText("never");
  await expect(row).toContainText("1 refused");
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(source);
  const reason = page.getByText("run.runId");
  await expect(reason).toBeVisible();
  await reason.click();
  await expect(page.getByText('"name":"load"')).toBeVisible();

  await tell(request, source, { type: "START", at: Date.now(), runId: randomUUID(), name: "load" });
  await expect(page.getByText("Live", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("2 messages", { exact: true })).toBeVisible();
  await page.getByRole("radio", { name: "7 d" }).check();
  await expect(page).toHaveURL(/span=7d/);
  await page.reload();
  await expect(page.getByRole("radio", { name: "7 d" })).toBeChecked();
  await expect(page.getByRole("img", { name: /2 messages in 7 days, 1 of them refused/ })).toBeVisible();
});

test("a part that was not understood leads from the source to the run, and the run's page names it", async ({
  page,
  request,
}) => {
  const source = aSource();
  const runId = randomUUID();
  await tell(request, source, {
    ...{ type: "START", at: Date.now(), runId, name: "load" },
    run: { parent: { run: {} } },
  });
  await page.goto(`/sources/${encodeURIComponent(source)}`);
  await page
    .getByRole("link", { name: /run\.facets\.parent/ })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`/runs/${runId}`));
  await expect(page.getByRole("dialog")).toContainText("START");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /note.* on what was received/ }).click();
  await expect(page.getByText("run.facets.parent").first()).toBeVisible();
  await page.getByRole("link", { name: source }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(source);
});

test("a source of which nothing came, and a span that is none, are said to be so", async ({
  page,
  request,
}) => {
  await page.goto("/sources/nobody");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing has come from this source");
  const source = aSource();
  await tell(request, source, { type: "START", at: Date.now(), runId: randomUUID(), name: "load" });
  await page.goto(`/sources/${encodeURIComponent(source)}?span=3y`);
  await expect(page.getByText("span=“3y”")).toBeVisible();
});

test("what was counted is at /metrics", async ({ request }) => {
  const source = `metered-${randomUUID().slice(0, 8)}`;
  await tell(request, source, { type: "START", at: Date.now(), runId: randomUUID(), name: "load" });
  const response = await request.get("/metrics");
  expect(response.headers()["content-type"]).toContain("text/plain");
  const text = await response.text();
  expect(text).toMatch(/^unstuck_ingest_commit_seconds_count [1-9]/m);
  expect(text).toMatch(/^unstuck_ingest_events_total\{source="[^"]+",result="accepted"\} [1-9]/m);
  expect(text).toContain("# TYPE process_cpu_seconds_total counter");
});
