import { expect, test } from "@playwright/test";
import { awaitState, tellNightly } from "../pipelines";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const clipboard = "navigator.clipboard.readText()";

test("an engineer finds her stuck run, reads why, copies the command and sends the link", async ({
  page,
  request,
  browser,
  baseURL,
}) => {
  const nightly = await tellNightly(request);
  await awaitState(request, nightly.runId, "stuck");

  await page.goto("/");
  const row = page.getByRole("listitem").filter({ hasText: nightly.name }).first();
  // Other stories have stuck runs, too, and only the first of them are shown unasked.
  const more = page.getByRole("button", { name: /^Show \d+ more$/ });
  await expect(row.or(more).first()).toBeVisible();
  if (!(await row.isVisible())) await more.click();
  await expect(row).toContainText("train[2]");
  await expect(row).toContainText("never reported completion");
  await expect(row).toContainText("holds 3 of 9");
  await row.getByRole("link").first().click();

  await expect(page).toHaveURL(new RegExp(`/runs/${nightly.runId}`));
  const headline = page.getByRole("heading", { level: 1 });
  await expect(headline).toContainText("train[2] wrote both its outputs");
  await expect(headline).toContainText("It holds 3 of 9 nodes");

  await page.getByRole("button", { name: /^Planned evaluate/ }).click();
  await expect(page).toHaveURL(/node=evaluate/);
  const panel = page.getByRole("complementary");
  await expect(panel).toContainText("train[2]");

  await page.getByRole("button", { name: /Stuck train\[2\]/ }).click();
  await expect(page).toHaveURL(/node=train(%5B|\[)2/);
  await expect(panel.getByText("Lost completion").first()).toBeVisible();
  await expect(panel.getByRole("link", { name: "proven" })).toBeVisible();
  await expect(panel).toContainText("metrics.json");

  await panel
    .getByRole("button", { name: /^Copy the command/ })
    .first()
    .click();
  expect(await page.evaluate(clipboard)).toContain(nightly.trainId);

  await page.getByRole("button", { name: "Share" }).click();
  const link = String(await page.evaluate(clipboard));
  expect(link).toContain(`${baseURL}/runs/${nightly.runId}`);

  const teammate = await (await browser.newContext()).newPage();
  await teammate.goto(link);
  await expect(teammate.getByRole("heading", { level: 1 })).toContainText("train[2] wrote both its outputs");
  await expect(teammate.getByRole("complementary").getByText("Lost completion").first()).toBeVisible();
  await teammate.context().close();
});

test("evidence leads to the message that proves it", async ({ page, request }) => {
  const nightly = await tellNightly(request);
  await page.goto(`/runs/${nightly.runId}?node=train[2]`);
  await page
    .getByRole("complementary")
    .getByRole("button", { name: /metrics\.json/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(nightly.trainId);
  await expect(page).toHaveURL(/event=/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("the page follows the run without a reload", async ({ page, request }) => {
  const nightly = await tellNightly(request);
  await page.goto(`/runs/${nightly.runId}`);
  const headline = page.getByRole("heading", { level: 1 });
  await expect(headline).toContainText("train[2] wrote both its outputs");
  await nightly.complete();
  await expect(headline).not.toContainText("train[2] wrote both its outputs");
});

test("a child's own id opens its run with that node selected", async ({ page, request }) => {
  const nightly = await tellNightly(request);
  await page.goto(`/runs/${nightly.trainId}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("train[2]");
  await expect(page.getByRole("complementary")).toContainText("attempt 1 of 1");
});
