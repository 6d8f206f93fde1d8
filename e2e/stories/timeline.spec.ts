import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Locator, type Page, test } from "@playwright/test";
import { awaitState, tell, tellNightly } from "../pipelines";

const chart = (page: Page) => page.getByRole("region", { name: "Timeline of the run" });
const table = (page: Page) => chart(page).getByRole("treegrid", { name: "Nodes, in the order of the work" });
const row = (page: Page, name: RegExp | string) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name }) });

/** What a row says under each head. */
async function cellsOf(page: Page, of: Locator): Promise<Record<string, string>> {
  const heads = await table(page).getByRole("columnheader").allTextContents();
  const cells = await of.first().locator("> *").allTextContents();
  return Object.fromEntries(heads.map((head, i) => [head, cells[i] ?? ""]));
}

/** How many pixels of a part of the drawing have about this colour. */
function painted(page: Page, colour: string, from: number, to: number): Promise<number> {
  return chart(page)
    .locator("canvas")
    .evaluate(
      (canvas, [token, left, right]) => {
        if (!(canvas instanceof HTMLCanvasElement)) return 0;
        const probe = new OffscreenCanvas(1, 1).getContext("2d");
        const context = canvas.getContext("2d");
        if (!context || !probe) return 0;
        probe.fillStyle = getComputedStyle(canvas).getPropertyValue(token);
        probe.fillRect(0, 0, 1, 1);
        const wanted = probe.getImageData(0, 0, 1, 1).data;
        const width = Math.round(canvas.width * (right - left));
        const { data } = context.getImageData(Math.round(canvas.width * left), 0, width, canvas.height);
        let found = 0;
        for (let i = 0; i < data.length; i += 4) {
          const isLike = [0, 1, 2].every((c) => Math.abs((data[i + c] ?? 0) - (wanted[c] ?? 0)) < 6);
          if (isLike && (data[i + 3] ?? 0) > 150) found += 1;
        }
        return found;
      },
      [colour, from, to] as const,
    );
}

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
  await expect(row(page, "train[2]")).toHaveAttribute("aria-selected", "true");
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
  await expect(row(page, "train[2]")).toHaveAttribute("aria-selected", "true");

  await chart(page).focus();
  for (let i = 0; i < 40; i += 1) await page.keyboard.press("+");
  await expect.poll(() => (windowOf(page)?.to ?? 0) - (windowOf(page)?.from ?? 0)).toBe(1_000);
  const shown = windowOf(page);
  await page.reload();
  await expect(chart(page)).toContainText(/\d\d:\d\d:\d\d\.\d00/);
  expect(windowOf(page)).toEqual(shown);

  // What the server wrote stands there before a key is heard.
  await expect(async () => {
    await chart(page).focus();
    await page.keyboard.press("0");
    await expect(page).not.toHaveURL(/window=/, { timeout: 1_000 });
  }).toPass();
});

test.describe("with fingers", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("two of them zoom, and what is under them stays there", async ({ page, request }) => {
    const { runId } = await tellNightly(request);
    await page.goto(`/runs/${runId}?view=timeline`);
    await expect(row(page, "train[2]")).toBeVisible();
    await chart(page).scrollIntoViewIfNeeded();
    const box = await chart(page).boundingBox();
    if (!box) throw new Error("the timeline has no place");
    const tab = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...xs: number[]) =>
      tab.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: xs.map((x, id) => ({ id, x: box.x + x, y: box.y + 150 })),
      });
    await touch("touchStart", 200, 260);
    for (let by = 5; by <= 40; by += 5) await touch("touchMove", 200 - by, 260 + by);
    await touch("touchEnd");
    // From 60 px apart to 140.
    await expect.poll(() => windowOf(page)).toBeDefined();
    const near = windowOf(page);
    if (!near) throw new Error("there is no window");
    const hours = (near.to - near.from) / 3_600_000;
    expect(hours).toBeGreaterThan(1.5);
    expect(hours).toBeLessThan(3.5);
  });
});

test("all that is drawn of a row is told in the table behind it", async ({ page, request }) => {
  const { runId } = await tellNightly(request);
  await page.goto(`/runs/${runId}?view=timeline`);
  await expect(row(page, "train[2]")).toContainText("2 of 2 written");
  expect(await cellsOf(page, row(page, "train[2]"))).toMatchObject({
    Node: expect.stringMatching(/train\[2\]$/),
    Attempt: "1",
    Status: "running",
    Started: expect.stringMatching(/^\d\d:\d\d:\d\d$/),
    Ended: "not ended",
    Took: expect.stringMatching(/^2h \d\dm \d\ds so far$/),
    Waits: expect.stringMatching(/^ready at .*, waited 3h/),
    "Last heartbeat": expect.stringMatching(/^\d\d:\d\d:\d\d, 1 h ago$/),
    Silences: expect.stringMatching(/^1h 4\dm from /),
    Outputs: expect.stringMatching(/^2 of 2 written, the last at /),
    Verdict: expect.stringMatching(/^Stuck: .*, since /),
    "Critical path": "on it",
  });
  expect(await cellsOf(page, row(page, "ingest"))).toMatchObject({
    Cache: expect.stringMatching(/^HIT at /),
  });
  expect(await cellsOf(page, row(page, "train[0]"))).toMatchObject({ "Critical path": "" });
  expect(await cellsOf(page, row(page, "report"))).toMatchObject({
    Started: "not started",
    Ended: "",
    Waits: expect.stringMatching(/^for train\[2\] since /),
  });
  await expect(table(page)).toHaveAttribute("aria-rowcount", "10");
  await expect(row(page, "report")).toHaveAttribute("aria-rowindex", "10");
});

test("arrows lead from row to row, Enter into the panel, and Escape back", async ({ page, request }) => {
  const { runId } = await tellNightly(request);
  await page.goto(`/runs/${runId}?view=timeline`);
  // The one stop of the Tab key.
  await expect(row(page, "train[2]")).toHaveAttribute("tabindex", "0");
  await chart(page).focus();
  await page.keyboard.press("Tab");
  await expect(row(page, "train[2]")).toBeFocused();
  await page.keyboard.press("Control+Home");
  await expect(row(page, "ingest")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(row(page, "train[0]")).toBeFocused();
  await expect(page.getByRole("tooltip")).toContainText("train[0]");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/node=train(%5B|\[)0/);
  const panel = page.getByRole("complementary");
  await expect(panel).toContainText("train[0]");
  await expect(panel).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(row(page, "train[0]")).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(row(page, "report")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/node=report/);
  await expect(row(page, "report")).toBeFocused();
});

test("the pointer tells of the row, and of what it lies on", async ({ page, request }) => {
  const { runId } = await tellNightly(request);
  await awaitState(request, runId, "stuck");
  await page.goto(`/runs/${runId}?view=timeline`);
  const tip = page.getByRole("tooltip");
  // What stands above the rows comes and goes with what is known of the run: each time they are looked for anew.
  const at = async (part: number, below: number): Promise<[number, number]> => {
    const box = await row(page, "train[2]").boundingBox();
    const place = await chart(page).boundingBox();
    if (!box || !place) throw new Error("the row has no place");
    return [place.x + 176 + (place.width - 200) * part, box.y + below];
  };
  const says = (part: number, below: number, words: RegExp) =>
    expect(async () => {
      await page.mouse.move(...(await at(part, below)));
      await expect(tip).toContainText("train[2]", { timeout: 1_000 });
      await expect(tip).toContainText(words, { timeout: 1_000 });
    }).toPass();
  // It beat for a quarter of the run, which ends a little before now; what came after is silent.
  await says(0.9, 33, /silent 1h 4\dm, from .* to /);
  await says(0.65, 19, /running 4\dm, from/);
  await page.mouse.click(...(await at(0.65, -20)));
  await expect(page).toHaveURL(/node=train(%5B|\[)1/);
  // A name can be marked, to be copied.
  await row(page, "features").getByText("features").dblclick();
  expect(await page.evaluate("String(getSelection())")).toContain("features");
});

test("the drawing shows what is told, and follows the theme", async ({ page, request }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const { runId } = await tellNightly(request);
  await page.goto(`/runs/${runId}?view=timeline`);
  await expect(row(page, "train[2]")).toContainText("2 of 2 written");
  // Reused at the very start, beats two thirds along, and the line of now at the end.
  await expect.poll(() => painted(page, "--reuse", 0, 0.1)).toBeGreaterThan(10);
  expect(await painted(page, "--beat", 0.55, 0.8)).toBeGreaterThan(50);
  expect(await painted(page, "--beat", 0.8, 1)).toBe(0);
  expect(await painted(page, "--text", 0.97, 1)).toBeGreaterThan(300);
  await page.getByRole("radio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect.poll(() => painted(page, "--text", 0.97, 1)).toBeGreaterThan(300);
  await chart(page).focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press("End");
  for (let i = 0; i < 12; i += 1) await page.keyboard.press("+");
  await expect.poll(() => painted(page, "--reuse", 0, 1)).toBe(0);
});

/** A run whose first step failed once and was tried again, told while the test looks. */
async function tellRetried(api: APIRequestContext): Promise<string> {
  const runId = randomUUID();
  const name = `retried_${runId.slice(0, 4)}`;
  const parent = { run: { runId }, job: { namespace: name, name } };
  const from = Date.now() - 600_000;
  await tell(api, name, { type: "START", at: from, runId, name });
  const tried = async (number: number, type: "FAIL" | "COMPLETE", at: number) => {
    const told = { runId: randomUUID(), name: `${name}.load`, run: { parent, unstuck_attempt: { number } } };
    await tell(api, name, { ...told, type: "START", at });
    await tell(api, name, { ...told, type, at: at + 60_000 });
  };
  await tried(1, "FAIL", from + 10_000);
  await tried(2, "COMPLETE", from + 120_000);
  return runId;
}

test("as a table the same is seen, with a line for each attempt, and is copied whole", async ({
  page,
  request,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/runs/${await tellRetried(request)}?view=timeline`);
  // The chart draws both attempts in one row, and tells of both.
  await expect(row(page, "load")).toContainText("attempt 2");
  expect(await cellsOf(page, row(page, "load"))).toMatchObject({
    Attempt: "2 of 2",
    Status: "attempt 1: failed; attempt 2: completed",
    Took: "attempt 1: 1m 00s; attempt 2: 1m 00s",
  });
  await page.getByRole("radio", { name: "Table" }).click();
  await expect(page).toHaveURL(/as=table/);
  await expect(chart(page).locator("canvas")).toHaveCount(0);
  const lines = row(page, "load");
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toContainText("1 of 2");
  await expect(lines.first().getByRole("gridcell", { name: "failed" })).toBeInViewport();
  await expect(lines.last().getByRole("gridcell", { name: "completed" })).toBeInViewport();
  await page.getByRole("button", { name: "Copy the table" }).click();
  const copied = String(await page.evaluate("navigator.clipboard.readText()"));
  expect(copied.split("\n").map((line) => line.split("\t").slice(0, 3))).toEqual([
    ["Node", "Attempt", "Status"],
    ["load", "1 of 2", "failed"],
    ["load", "2 of 2", "completed"],
  ]);
  await lines.last().click();
  await expect(page).toHaveURL(/node=load/);
  await page.reload();
  await expect(lines.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Tab");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter((v) => v.impact !== "minor").map((v) => `${v.id} ${v.nodes[0]?.html}`)).toEqual(
    [],
  );
  await page.getByRole("radio", { name: "Chart" }).click();
  await expect(page).not.toHaveURL(/as=table/);
  await expect(chart(page).locator("canvas")).toBeVisible();
});

/** A run of fourteen instances of one task, ten of them done and four at work, told while the test looks. */
async function tellMapped(api: APIRequestContext): Promise<string> {
  const runId = randomUUID();
  const name = `mapped_${runId.slice(0, 4)}`;
  const parent = { run: { runId }, job: { namespace: name, name } };
  await tell(api, name, { type: "START", at: Date.now() - 60_000, runId, name });
  for (let mapIndex = 0; mapIndex < 14; mapIndex += 1) {
    const run = { parent, unstuck_attempt: { number: 1, mapIndex } };
    const at = Date.now() - 50_000;
    const told = { runId: randomUUID(), name: `${name}.score`, run };
    await tell(api, name, { ...told, type: "START", at });
    if (mapIndex < 10) await tell(api, name, { ...told, type: "COMPLETE", at: at + 20_000 });
  }
  return runId;
}

test("many instances of one task are one row, which opens", async ({ page, request }) => {
  await page.goto(`/runs/${await tellMapped(request)}?view=timeline`);
  const group = row(page, /^score \d/);
  await expect(group).toHaveAttribute("aria-expanded", "false");
  await expect(group).toContainText("10 of 14 done, 4 running");
  await expect(row(page, "score[1]")).toHaveCount(0);
  // What holds the run is seen all the same: the head, the group, and the four at work.
  await expect(table(page)).toHaveAttribute("aria-rowcount", "6");
  await group.click();
  await expect(group).toHaveAttribute("aria-expanded", "true");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "16");
  await expect(row(page, "score[1]")).toHaveAttribute("aria-level", "2");
  await group.focus();
  await page.keyboard.press("Control+End");
  await expect(row(page, "score[13]")).toBeFocused();
  await expect(row(page, "score[13]")).toBeInViewport();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Enter");
  await expect(group).toHaveAttribute("aria-expanded", "false");
  await expect(row(page, "score[1]")).toHaveCount(0);
});

test("a click on the axis shows what was known then", async ({ page, request }) => {
  const { runId } = await tellNightly(request);
  await page.goto(`/runs/${runId}?view=timeline`);
  await expect(row(page, "train[2]")).toBeVisible();
  // Once what is received is known, an instant before all of it leads to the first of it.
  await expect(page.getByRole("slider", { name: "Instant that the page shows" })).toBeVisible();
  await chart(page).click({ position: { x: 400, y: 14 } });
  await expect(page).toHaveURL(/at=/);
  await expect(page.getByText(/As known at/)).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/at=/);
});
