import { expect, test } from "@playwright/test";
import { type History, tellHistory } from "../histories";
import { awaitState } from "../pipelines";

let history: History;
test.beforeAll(async ({ request }) => {
  history = await tellHistory(request);
  for (const [i, runId] of history.runIds.entries())
    await awaitState(request, runId, i === history.runIds.length - 1 ? "stuck" : "finished");
});

const stuckId = () => String(history.runIds.at(-1));

test("a platform engineer finds a pipeline, sees which of its runs is stuck at which node, and opens it there", async ({
  page,
}) => {
  await page.goto("/pipelines");
  await page.getByRole("searchbox", { name: "Search pipelines" }).fill(history.name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=/);
  const row = page.getByRole("row").filter({ hasText: history.name });
  await expect(row).toContainText("1 held");
  await expect(row.getByRole("img", { name: "Latest runs: 1 stuck, 2 finished" })).toBeVisible();
  await row.getByRole("link").click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(history.name);
  await expect(page).toHaveURL(new RegExp(`/pipelines/${encodeURIComponent(history.namespace)}/`));
  await expect(page.getByText("Usually takes 27m")).toBeVisible();
  await expect(page.getByRole("img", { name: /How long 3 runs took: usually 27m 00s/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Lost completion" })).toBeVisible();

  const grid = page.getByRole("grid");
  await expect(grid.getByRole("rowheader")).toHaveText([/^features/, /^train/, /^legacy_check/, /^report/]);
  await expect(grid.getByRole("rowheader", { name: /^features ?, usually 10m 00s/ })).toBeVisible();
  await expect(grid.getByRole("rowheader", { name: /^legacy_check.*not in the newest run/ })).toBeVisible();
  await expect(grid.getByRole("link", { name: /1 finished, 1 stuck/ })).toBeVisible();
  await grid.getByRole("button", { name: /^train ?2 nodes/ }).click();
  await grid.getByRole("link", { name: /^Stuck, run/ }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${stuckId()}\\?node=train`));
  await expect(page.getByRole("complementary")).toContainText("train[1]");

  await page
    .getByRole("navigation", { name: "Breadcrumb" })
    .getByRole("link", { name: history.name })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(history.name);
});

test("the keyboard alone walks the history and opens a run", async ({ page }) => {
  await page.goto(history.path);
  const grid = page.getByRole("grid");
  const heads = grid.getByRole("columnheader");
  await heads.last().getByRole("link").focus();
  await page.keyboard.press("ArrowDown");
  await expect(grid.getByRole("link", { name: /^Finished, 10m, run/ }).last()).toBeFocused();
  await expect(page.getByText("took 10m 00s")).toBeVisible();
  await page.keyboard.press("Home");
  await expect(grid.getByRole("rowheader", { name: /^features/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(grid.getByRole("rowheader", { name: /^train\[1\]/ })).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/runs/${stuckId()}\\?node=features`));
});

test("the list of runs filters by a name with a comma, and leads to its history", async ({ page }) => {
  await page.goto(`/?${new URLSearchParams({ q: history.name })}`);
  await page.getByRole("button", { name: "Pipeline", exact: true }).click();
  const find = page.getByRole("combobox");
  if (await find.isVisible()) await find.fill(history.name);
  await page.getByRole("option", { name: history.name }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/pipeline=/);
  await page.reload();
  const table = page.getByRole("table");
  await expect(table.getByRole("link", { name: history.name, exact: true })).toHaveCount(3);
  await table
    .getByRole("link", { name: `History of ${history.name}` })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(history.name);
});

test("a pipeline that nobody told of, and a link that asks for too much, are said to be so", async ({
  page,
}) => {
  await page.goto("/pipelines/nobody/some%2Fthing%20100%25");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No run of this pipeline is known");
  await expect(page.getByText("some/thing 100%")).toBeVisible();
  await page.goto("/pipelines?q=no-such-name-anywhere");
  await expect(page.getByText("No pipeline matches")).toBeVisible();
  await page.goto(`${history.path}?node=nonsense&groups=half`);
  await expect(page.getByText("node=nonsense")).toBeVisible();
  await expect(page.getByText("groups=“half”")).toBeVisible();
  await page.goto(`${history.path}?node=train[1]&groups=open`);
  await expect(page.getByRole("grid").getByRole("rowheader", { name: /^train\[1\]/ })).toBeVisible();
});

test("an engineer asks what is different about the stuck run, and then about another one", async ({
  page,
}) => {
  await page.goto(`/runs/${stuckId()}`);
  await page.getByRole("link", { name: "Compare with the last good run" }).click();
  const headline = page.getByRole("heading", { level: 1 });
  await expect(headline).toContainText("The code of features changed: version was 1f0c, now it is 2a1d.");
  await expect(headline).toContainText("The longest delay is at train[1]");
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  await expect(row("features")).toContainText("epochs");
  await expect(row("train[0]")).toHaveCount(0);
  await page.getByRole("button", { name: "Only differences" }).click();
  await expect(page).toHaveURL(/show=all/);
  await expect(row("train[0]")).toContainText("alike");

  await page.getByRole("button", { name: "Compare with another run" }).click();
  await page.getByRole("option").last().click();
  await expect(page).toHaveURL(new RegExp(`with=${history.runIds[0]}`));
  await expect(row("legacy_check")).toContainText("no longer there");
  await page.goBack();
  await expect(row("legacy_check")).toHaveCount(0);
  await row("features").getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`/runs/${history.runIds[1]}\\?node=features`));
});

test("a run without a good one before it, and a link to a run that nobody knows, are said to be so", async ({
  page,
}) => {
  await page.goto(`/runs/${history.runIds[0]}/compare`);
  await expect(page.getByText("No run of this pipeline completed before this one")).toBeVisible();
  await page.goto(`/runs/${history.runIds[0]}`);
  await expect(page.getByText("Started")).toBeVisible();
  await expect(page.getByRole("link", { name: "Compare with the last good run" })).toHaveCount(0);
  await page.goto(`/runs/${stuckId()}/compare?with=nobody`);
  await expect(page.getByText("with=nobody")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("The code of features changed");
  await page.goto("/runs/00000000-0000-4000-8000-0000000000aa/compare");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No event has named this run");
});
