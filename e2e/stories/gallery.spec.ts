import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { ownServer } from "../own-server";

test("every component in every state, in both themes, wide and narrow", async ({ page }, testInfo) => {
  test.setTimeout(300_000);
  // It is not there in production: it is looked at as it is written.
  const server = await ownServer({ dev: true });
  try {
    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${server.address}/dev/gallery`);
      for (const theme of ["light", "dark"] as const) {
        const part = page.getByRole("region", { name: `The ${theme} theme` });
        await expect(part.getByRole("heading", { name: "As it was received" })).toBeVisible();
        await part.screenshot({ path: testInfo.outputPath(`${theme}-${width}.png`) });
      }
      const { violations } = await new AxeBuilder({ page }).exclude("nextjs-portal").analyze();
      const faults = violations.filter((v) => v.impact !== "minor");
      expect(faults.map((v) => `${v.id} ${v.nodes[0]?.html}`)).toEqual([]);
      const beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(beyond)).toBeLessThanOrEqual(0);
    }
  } finally {
    await server.remove();
  }
});

test("in production there is none", async ({ page }) => {
  await page.goto("/dev/gallery");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is kept under this address");
});
