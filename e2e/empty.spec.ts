import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { tell } from "./pipelines";

test("an empty database teaches how to send the first event, and the page notices when it arrives", async ({
  page,
  request,
  baseURL,
}) => {
  await page.goto("/");
  await expect(page.getByRole("tab", { name: "curl" })).toBeVisible();
  for (const name of ["Airflow", "Spark", "dbt"]) {
    await page.getByRole("tab", { name }).click();
    await expect(
      page
        .getByRole("tabpanel")
        .getByText(new URL(baseURL ?? "").host)
        .first(),
    ).toBeVisible();
  }
  await tell(request, "first", { type: "START", at: Date.now(), runId: randomUUID(), name: "my_first_job" });
  await expect(page.getByText("my_first_job").first()).toBeVisible();
});
