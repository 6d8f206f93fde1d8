import { expect, type Page, test } from "@playwright/test";
import { awaitState, tellNightly } from "../pipelines";

/**
 * A forced palette puts a plate of its own behind every text; on a surface of another colour that plate is all one sees.
 * Tells the texts that stand on a surface which is none of the palette's.
 */
const LOST = `(() => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const pixel = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const probe = document.body.appendChild(document.createElement("span"));
  const surfaces = ["Canvas", "ButtonFace", "Field"].map((name) => {
    probe.style.backgroundColor = name;
    return pixel(getComputedStyle(probe).backgroundColor);
  });
  probe.remove();
  // A surface that is half transparent keeps that, in the palette's colour.
  const isSurface = (on) => surfaces.some((known) => [0, 1, 2].every((i) => Math.abs(known[i] - on[i]) < 12));
  const lost = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const own = text.parentElement;
    if (!text.data.trim() || !own.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (own.closest("script, style, .sr-only, [href='#main']")) continue;
    const behind = [];
    for (let on = own; on; on = on.parentElement) behind.push(pixel(getComputedStyle(on).backgroundColor));
    const surface = behind.find((colour) => colour[3] > 12);
    if (surface && !isSurface(surface)) lost.push(text.data + " on " + surface);
  }
  return lost;
})()`;

const lost = (page: Page) => page.evaluate<string[]>(LOST);

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { forcedColors: "active" } });

    test("where the reader forces a palette every word can be read, and what is chosen is seen", async ({
      page,
      request,
    }) => {
      const nightly = await tellNightly(request);
      await awaitState(request, nightly.runId, "stuck");
      for (const path of [
        "/",
        `/runs/${nightly.runId}?view=timeline`,
        `/runs/${nightly.runId}?view=timeline&as=table`,
        `/runs/${nightly.runId}`,
      ]) {
        await page.goto(path);
        await page.waitForLoadState("networkidle");
        expect(await lost(page), path).toEqual([]);
      }
      const chosen = page.getByRole("button", { name: /Stuck train\[2\]/ });
      const other = page.getByRole("button", { name: /^Planned evaluate/ });
      const border = (of: typeof chosen) =>
        of.evaluate((element) => getComputedStyle(element).borderTopColor);
      expect(await border(chosen)).not.toBe(await border(other));
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("option").first()).toBeVisible();
      const outline = await page
        .getByRole("option", { selected: true })
        .evaluate((element) => getComputedStyle(element).outlineStyle);
      expect(outline).toBe("solid");
      expect(await lost(page)).toEqual([]);
    });
  });
}
