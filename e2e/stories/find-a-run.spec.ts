import { expect, test } from "@playwright/test";
import { awaitState, tellNightly } from "../pipelines";

test("every filter is a link, and the back button undoes it", async ({ page, request }) => {
  const nightly = await tellNightly(request);
  await awaitState(request, nightly.runId, "stuck");
  await page.goto(`/?pipeline=${nightly.name}`);
  const table = page.getByRole("table");
  await expect(table.getByText(nightly.name)).toHaveCount(1);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page).toHaveURL(/state=open/);
  await expect(table.getByText(nightly.name)).toHaveCount(1);
  await page.goBack();
  await expect(page).not.toHaveURL(/state=open/);
  await page.goto(`/?pipeline=${nightly.name}&state=finished`);
  await expect(page.getByText("No run matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByText(nightly.name).first()).toBeVisible();
});

test("a search finds a run by its id", async ({ page, request }) => {
  const nightly = await tellNightly(request);
  await page.goto(`/?q=${nightly.runId}`);
  await expect(page.getByRole("table").getByText(nightly.name)).toBeVisible();
});

test("a bad link opens the page and says what it ignored", async ({ page, request }) => {
  const nightly = await tellNightly(request);
  await page.goto(`/runs/${nightly.runId}?node=nonsense&tab=nothing&at=noon`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("train[2]");
  await expect(page.getByText("nonsense")).toBeVisible();
  await page.goto("/?state=odd&within=3y");
  await expect(page.getByRole("heading", { name: "All runs" })).toBeVisible();
  await expect(page.getByText("odd").first()).toBeVisible();
});

test("an unknown run says what was looked for, and opens when its first event arrives", async ({
  page,
  request,
}) => {
  await page.goto("/runs/00000000-0000-4000-8000-00000000dead");
  await expect(page.getByText("00000000-0000-4000-8000-00000000dead").first()).toBeVisible();
  const response = await request.post("/api/v1/lineage", {
    data: {
      eventType: "START",
      eventTime: new Date().toISOString(),
      run: { runId: "00000000-0000-4000-8000-00000000dead" },
      job: { namespace: "late", name: "late_job" },
    },
  });
  expect(response.status()).toBe(201);
  await expect(page.getByText("late_job").first()).toBeVisible();
});

test("the rules explain themselves", async ({ page }) => {
  await page.goto("/rules");
  await page.getByRole("link", { name: /Lost completion/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lost completion");
  await expect(page.getByRole("heading", { name: "When it may be wrong" })).toBeVisible();
});
