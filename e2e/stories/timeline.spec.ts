import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { tell, tellNightly } from "../pipelines";

const chart = (page: Page) => page.getByRole("region", { name: "Timeline of the run" });
const row = (page: Page, name: RegExp) => chart(page).getByRole("button", { name });

function windowOf(page: Page): { from: number; to: number } | undefined {
  const [from, to] = new URL(page.url()).searchParams.get("window")?.split("~") ?? [];
  return from && to ? { from: Date.parse(from), to: Date.parse(to) } : undefined;
}

test("one zooms and pans by wheel, drag and keys, and the link keeps what is shown", async ({
  page,
  request,
}) => {
  const { runId } = await tellNightly(request);
  await page.goto(`/runs/${runId}?view=timeline&node=train[2]`);
  await expect(row(page, /train\[2\]/)).toHaveAttribute("aria-pressed", "true");
  const box = await chart(page).boundingBox();
  if (!box) throw new Error("the timeline has no place");

  await page.mouse.move(box.x + 600, box.y + 200);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -600);
  await page.keyboard.up("Control");
  await expect(page).toHaveURL(/window=/);
  const near = windowOf(page);
  if (!near) throw new Error("there is no window");
  expect(near.to - near.from).toBeLessThan(5 * 3_600_000);

  await page.mouse.down();
  await page.mouse.move(box.x + 400, box.y + 200, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => windowOf(page)?.from).toBeGreaterThan(near.from);
  // What was dragged over was not chosen.
  await expect(row(page, /train\[2\]/)).toHaveAttribute("aria-pressed", "true");

  await chart(page).focus();
  for (let i = 0; i < 40; i += 1) await page.keyboard.press("+");
  await expect.poll(() => (windowOf(page)?.to ?? 0) - (windowOf(page)?.from ?? 0)).toBe(1_000);
  const shown = windowOf(page);
  await page.reload();
  await expect(chart(page)).toContainText(/\d\d:\d\d:\d\d\.\d00/);
  expect(windowOf(page)).toEqual(shown);

  await chart(page).focus();
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/window=/);
});

test("a row tells in words what it draws, and chooses its node for all views", async ({ page, request }) => {
  const { runId } = await tellNightly(request);
  await page.goto(`/runs/${runId}?view=timeline`);
  const features = row(page, /features/);
  await expect(features).toHaveAccessibleDescription(/on the critical path/);
  await expect(row(page, /train\[2\]/)).toHaveAccessibleDescription(
    /silent for 1h 4\dm.*2 of 2 outputs written.*on the critical path/,
  );
  await expect(row(page, /train\[0\]/)).not.toHaveAccessibleDescription(/critical path/);
  await features.focus();
  await page.keyboard.press("ArrowDown");
  await expect(row(page, /train\[0\]/)).toBeFocused();
  await expect(page.getByRole("tooltip")).toContainText("train[0]");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/node=train(%5B|\[)0/);
  await expect(page.getByRole("complementary")).toContainText("train[0]");
});

/** A run of which fourteen instances of one task are at work, told while the test looks. */
async function tellMapped(api: APIRequestContext): Promise<string> {
  const runId = randomUUID();
  const name = `mapped_${runId.slice(0, 4)}`;
  const parent = { run: { runId }, job: { namespace: name, name } };
  await tell(api, name, { type: "START", at: Date.now() - 60_000, runId, name });
  for (let mapIndex = 0; mapIndex < 14; mapIndex += 1) {
    const run = { parent, unstuck_attempt: { number: 1, mapIndex } };
    const at = Date.now() - 50_000;
    await tell(api, name, { type: "START", at, runId: randomUUID(), name: `${name}.score`, run });
  }
  return runId;
}

test("many instances of one task are one row, which opens", async ({ page, request }) => {
  await page.goto(`/runs/${await tellMapped(request)}?view=timeline`);
  const group = row(page, /score.*0 of 1\d done/);
  await expect(group).toHaveAttribute("aria-expanded", "false");
  await expect(row(page, /score\[13\]/)).toHaveCount(0);
  await group.click();
  await expect(row(page, /score\[1\]/)).toBeVisible();
});

test("a click on the axis shows what was known then", async ({ page, request }) => {
  const { runId } = await tellNightly(request);
  await page.goto(`/runs/${runId}?view=timeline`);
  await expect(row(page, /train\[2\]/)).toBeVisible();
  // Once what is received is known, an instant before all of it leads to the first of it.
  await expect(page.getByRole("slider", { name: "Instant that the page shows" })).toBeVisible();
  await chart(page).click({ position: { x: 400, y: 14 } });
  await expect(page).toHaveURL(/at=/);
  await expect(page.getByText(/As known at/)).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/at=/);
});
