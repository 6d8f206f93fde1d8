import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type History, tellHistory } from "../histories";
import { awaitState, type Nightly, tellNightly } from "../pipelines";

let nightly: Nightly;
let history: History;
test.beforeAll(async ({ request }) => {
  nightly = await tellNightly(request);
  await awaitState(request, nightly.runId, "stuck");
  history = await tellHistory(request);
  await awaitState(request, String(history.runIds.at(-1)), "stuck");
});

const pages = () => [
  "/",
  `/runs/${nightly.runId}`,
  `/runs/${nightly.runId}?view=timeline`,
  `/runs/${nightly.runId}?view=timeline&as=table`,
  "/rules",
  "/rules/lost-completion",
  "/connect",
  "/sources",
  `/sources/${encodeURIComponent(nightly.source)}`,
  "/keys",
  "/sign-in?why=malformed",
  "/pipelines",
  history.path,
  `${history.path}?groups=open`,
  `/runs/${history.runIds.at(-1)}/compare`,
  `/runs/${history.runIds.at(-1)}/compare?show=all`,
];

/** What axe finds, save what it calls minor. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter((v) => v.impact !== "minor").map((v) => `${v.id} ${v.nodes[0]?.html}`);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      // What is half-way through fading in has half the contrast.
      test.use({
        colorScheme,
        viewport: { width, height: 844 },
        contextOptions: { reducedMotion: "reduce" },
      });

      test("axe finds no fault above minor, and nothing is wider than the screen", async ({ page }) => {
        // Sixteen pages, each looked at whole.
        test.slow();
        for (const path of pages()) {
          await page.goto(path);
          await page.waitForLoadState("networkidle");
          expect(await faults(page), path).toEqual([]);
          const beyond = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          expect(beyond, path).toBeLessThanOrEqual(0);
        }
        await page.goto(`/runs/${nightly.runId}`);
        await page.waitForLoadState("networkidle");
        for (const [key, what] of [
          ["Control+k", "Search, or go to anything"],
          ["?", "Keys"],
        ] as const) {
          await page.keyboard.press(key);
          await expect(page.getByRole("dialog", { name: what })).toBeVisible();
          expect(await faults(page), what).toEqual([]);
          await page.keyboard.press("Escape");
          await expect(page.getByRole("dialog")).toBeHidden();
        }
      });
    });
  }
}

test("at no width a bar is wider than the screen, and from each page one gets to all others", async ({
  page,
  request,
}) => {
  const { receipts } = await (await request.get(`/api/v1/runs/${nightly.runId}/receipts`)).json();
  for (const path of [
    "/",
    "/rules",
    `/runs/${nightly.runId}`,
    `/runs/${nightly.runId}?at=${receipts[0].at}`,
  ]) {
    await page.goto(path);
    for (const width of [320, 360, 390, 640, 720, 768, 1_000, 1_024, 1_279]) {
      await page.setViewportSize({ width, height: 800 });
      const beyond = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(beyond, `${path} at ${width}`).toBeLessThanOrEqual(0);
      const way = page
        .getByRole("banner")
        .getByRole("link", { name: "Policy" })
        .or(page.getByRole("banner").getByRole("button", { name: "Menu" }));
      await expect(way, `${path} at ${width}`).toBeVisible();
    }
  }
});

test("the keyboard alone leads from the first page to the reason", async ({ page }) => {
  await page.goto("/");
  const row = page.getByRole("listitem").filter({ hasText: nightly.name }).getByRole("link").first();
  for (let i = 0; i < 60 && !(await row.evaluate((link) => link === document.activeElement)); i++)
    await page.keyboard.press("Tab");
  await expect(row).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(nightly.runId));
  const node = page.getByRole("button", { name: /Stuck train\[2\]/ });
  await node.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: /^Planned evaluate/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/node=evaluate/);
});
