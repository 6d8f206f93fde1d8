import { expect, test } from "@playwright/test";
import { awaitState, tellNightly } from "../pipelines";

test("an engineer whose step writes in two goes gives it more time, and sees who did so, and what ended the verdict", async ({
  page,
  request,
}) => {
  const nightly = await tellNightly(request);
  await awaitState(request, nightly.runId, "stuck");
  await page.goto(`/runs/${nightly.runId}?node=${encodeURIComponent("train[2]")}`);
  const panel = page.getByRole("complementary");
  await panel.getByRole("link", { name: "outputStableMs" }).click();

  await expect(page).toHaveURL(/\/policy\?threshold=outputStableMs/);
  await expect(page.getByLabel("Pipelines")).toHaveValue(nightly.name);
  await expect(page.getByLabel("Nodes", { exact: true })).toHaveValue("train[2]");
  const set = page.getByRole("button", { name: "Set it" });
  await page.getByLabel("Value", { exact: true }).fill("soon");
  await set.click();
  await expect(page.getByText("Write it as 1m.")).toBeVisible();
  await page.getByLabel("Value", { exact: true }).fill("60d");
  await page.getByLabel("Your name").fill("Ada");
  await set.click();
  await expect(page.getByText(/outputStableMs takes 0 to/)).toBeVisible();
  await page.getByLabel("Value", { exact: true }).fill("1d");
  await page.getByLabel("Why").fill("it writes in two goes");
  await set.click();
  const rows = page.getByRole("list", { name: "What is set" });
  await expect(rows.getByRole("listitem").filter({ hasText: nightly.name })).toContainText(
    "1d instead of 1m",
  );

  await page.goto(`/runs/${nightly.runId}?view=timeline&node=${encodeURIComponent("train[2]")}`);
  await expect(panel).toContainText("the policy changed: outputStableMs is 1d, and was 1m");
  await expect(panel).toContainText("Lost completion opened, proven");
  const strip = page.getByRole("list", { name: "What was said of the run, over time" });
  await expect(strip.getByRole("listitem").filter({ hasText: "stuck from" }).first()).toBeVisible();

  await page.goto("/policy");
  await expect(page.getByLabel("Your name")).toHaveValue("Ada");
  await rows.getByRole("button", { name: `Take away outputStableMs of ${nightly.name}, train[2]` }).click();
  await expect(rows.getByRole("listitem").filter({ hasText: nightly.name })).toHaveCount(0);
  const done = page.getByRole("list", { name: "What was changed" }).getByRole("listitem");
  await expect(done.filter({ hasText: nightly.name }).first()).toContainText(
    "Ada took away outputStableMs 1d",
  );
});
