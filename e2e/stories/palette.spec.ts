import { expect, type Locator, type Page, test } from "@playwright/test";
import { awaitState, type Nightly, tellNightly } from "../pipelines";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

let nightly: Nightly;
test.beforeAll(async ({ request }) => {
  nightly = await tellNightly(request);
  await awaitState(request, nightly.runId, "stuck");
});

const field = (page: Page) => page.getByRole("combobox", { name: "Search, or go to anything" });
const option = (page: Page, name: RegExp | string) => page.getByRole("option", { name });

/** Until the page has come to life it answers to no key. */
async function press(page: Page, key: string, then: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(then).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

test("a run is found from any page, by keys alone", async ({ page }) => {
  await page.goto("/rules");
  await press(page, "Control+k", field(page));
  await expect(field(page)).toBeFocused();
  await field(page).fill(nightly.name);
  const found = page.getByRole("group", { name: /^Runs/ }).getByRole("option", { name: nightly.name });
  await expect(found).toBeVisible();
  for (let i = 0; i < 10 && (await found.getAttribute("aria-selected")) !== "true"; i++)
    await page.keyboard.press("ArrowDown");
  const active = await field(page).getAttribute("aria-activedescendant");
  await expect(found).toHaveAttribute("id", String(active));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/runs/${nightly.runId}`));
});

test("a node of the open run is chosen, shown in the graph, and chosen again more easily", async ({
  page,
}) => {
  await page.goto(`/runs/${nightly.runId}?view=timeline`);
  await page.getByRole("button", { name: "Search or go to…" }).click();
  await field(page).fill("evl");
  await expect(option(page, /^evaluate/).first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/node=evaluate/);
  await expect(page).not.toHaveURL(/view=timeline/);
  await expect(page.getByRole("button", { name: /^Planned evaluate/ })).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("group", { name: "Chosen last" }).getByRole("option").first()).toContainText(
    "evaluate",
  );
});

test("what can be done on a page is done from here", async ({ page }) => {
  await page.goto(`/runs/${nightly.runId}`);
  const run = async (words: string, name: string) => {
    await press(page, "Control+k", field(page));
    await field(page).fill(words);
    await option(page, name).click();
    await expect(field(page)).toBeHidden();
  };
  await run("markdown", "Copy the answer as Markdown");
  await expect(page.getByText("Copied", { exact: true }).last()).toBeVisible();
  expect(await page.evaluate("navigator.clipboard.readText()")).toContain("lost-completion");
  await run("dark", "Use the dark theme");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await run("timeline", "Show the timeline");
  await expect(page).toHaveURL(/view=timeline/);
  await run("held", "Go to when it was first held");
  await expect(page).toHaveURL(/at=/);
  await run("now", "Go to now");
  await expect(page).not.toHaveURL(/at=/);
});

test("what nothing answers to, and a server that does not answer, are said", async ({ page }) => {
  await page.goto("/rules");
  await press(page, "/", field(page));
  await field(page).fill("zzqqxx");
  await expect(page.getByRole("option")).toHaveText([/All runs that answer to “zzqqxx”/]);
  await page.context().setOffline(true);
  await field(page).fill("zzqqxxx");
  await expect(page.getByText(/could not be searched/).first()).toBeVisible({ timeout: 60_000 });
  await page.context().setOffline(false);
  await page.keyboard.press("Escape");
  await expect(field(page)).toBeHidden();
});

test("the list of keys has what the page answers to, and letters in a field are letters", async ({
  page,
}) => {
  await page.goto(`/runs/${nightly.runId}`);
  const list = page.getByRole("dialog", { name: "Keys" });
  await press(page, "?", list);
  await expect(list.getByRole("region", { name: "In the graph" })).toContainText(
    "To the node that holds the run",
  );
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await page.goto("/");
  await page.getByRole("searchbox", { name: "Search all runs" }).focus();
  await page.keyboard.type("a?/");
  await expect(page.getByRole("searchbox", { name: "Search all runs" })).toHaveValue("a?/");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("the palette fits, and leads to a rule", async ({ page }) => {
    await page.goto(`/runs/${nightly.runId}`);
    await page.getByRole("button", { name: "Search or go to…" }).click();
    const box = await page.getByRole("dialog").boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390 && box.y >= 0 && box.y + box.height <= 844).toBe(
      true,
    );
    await field(page).fill("lost completion");
    await option(page, /^Lost completion/).click();
    await expect(page).toHaveURL(/rules\/lost-completion/);
  });
});
