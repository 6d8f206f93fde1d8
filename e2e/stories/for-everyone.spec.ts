import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
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

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      // What is half-way through fading in has half the contrast.
      test.use({
        colorScheme,
        viewport: { width, height: 844 },
        contextOptions: { reducedMotion: "reduce" },
      });

      test("axe finds no serious fault, and nothing is wider than the screen", async ({ page }) => {
        for (const path of pages()) {
          await page.goto(path);
          await page.waitForLoadState("networkidle");
          const { violations } = await new AxeBuilder({ page }).analyze();
          const grave = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
          expect(grave.map((v) => `${path}: ${v.id} ${v.nodes[0]?.html}`)).toEqual([]);
          const beyond = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          expect(beyond, path).toBeLessThanOrEqual(0);
        }
      });
    });
  }
}

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
