import { expect, test } from "@playwright/test";
import { awaitState, tellNightly } from "./pipelines";

test.use({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 });

/** Takes the README's picture of a real page: `npm run pictures`. */
test("the run page, as the README shows it", async ({ page, request }) => {
  const nightly = await tellNightly(request, "nightly_churn");
  await awaitState(request, nightly.runId, "stuck");
  await page.goto(`/runs/${nightly.runId}`);
  await expect(page.getByRole("button", { name: /Stuck train\[2\]/ })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: "docs/images/run.png", animations: "disabled" });
});
