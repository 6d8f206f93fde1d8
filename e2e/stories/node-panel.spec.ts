import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type Churn, tellChurn } from "../churn";
import { awaitState, tell, tellNightly } from "../pipelines";

let churn: Churn;
let run: string;
test.beforeAll(async ({ request }) => {
  churn = await tellChurn(request);
  run = String(churn.runIds[2]);
  await awaitState(request, run, "waiting");
});

const panelOf = (page: Page) => page.getByRole("complementary");

test("the key is compared with whichever earlier execution one chooses, and the link keeps the choice", async ({
  page,
  request,
}) => {
  await page.goto(`/runs/${run}?node=features&tab=cache`);
  const panel = panelOf(page);
  await expect(panel).toContainText("1 difference");
  await panel.getByRole("button", { name: "Compare with another" }).click();
  const options = page.getByRole("option");
  await expect(options).toHaveText([/nearest/, /1 day ago: 1 part differs/, /2 days ago: 2 parts differ/]);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(panel).toContainText("2 differences");
  await expect(panel).toContainText("Chosen by you");
  await expect(page).toHaveURL(/baseline=/);

  await page.reload();
  await expect(panel).toContainText("2 differences");
  await panel.getByRole("tab", { name: "Why" }).click();
  await page.getByRole("button", { name: /train/ }).first().click();
  await expect(page).not.toHaveURL(/baseline=/);

  await page.goto(`/runs/${run}?node=features&tab=cache&baseline=nobody`);
  await expect(panel).toContainText("nobody is no earlier execution of features");
  await expect(panel).toContainText("1 difference");
  const refused = await request.get(`/api/v1/runs/${run}/nodes?key=features&baseline=nobody`);
  expect(refused.status()).toBe(400);
  expect((await refused.json()).problems[0].path).toBe("baseline");
});

test("what a node waited for is told with whoever has it, and what waits for it in turn", async ({
  page,
}) => {
  await page.goto(`/runs/${run}?node=train&tab=waits`);
  const panel = panelOf(page);
  const pool = panel.getByRole("listitem").filter({ hasText: "pool" }).first();
  await expect(pool).toContainText("now");
  await expect(pool).toContainText("gpu");
  await expect(panel.getByRole("listitem").filter({ hasText: "celery" })).toContainText("over");
  await panel.getByRole("button", { name: "report" }).click();
  await expect(page).toHaveURL(/node=report/);
  await panel.getByRole("button", { name: "train" }).click();
  await expect(page).toHaveURL(/node=train/);
  await pool.getByRole("link", { name: /embed/ }).click();
  await expect(page).toHaveURL(/\/runs\/(?!.*tab=waits)/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("embed");
});

test("what a record lacks is said with what it would let us say, and what nobody reads is shown", async ({
  page,
}) => {
  await page.goto(`/runs/${run}?node=features&tab=record`);
  const panel = panelOf(page);
  const missing = panel.getByRole("listitem").filter({ hasText: "Heartbeats: missing" });
  await expect(missing).toContainText("its silence proves nothing");
  await expect(missing.getByRole("link", { name: "unstuck_heartbeat" })).toHaveAttribute(
    "href",
    /\/schemas\//,
  );
  await expect(panel.getByRole("listitem").filter({ hasText: "key is made of: 2 parts" })).toBeVisible();
  await expect(panel).toContainText("https://example.com/stories");
  await expect(panel.getByRole("figure", { name: "the facet my_team" })).toContainText('"owner": "churn"');
  await panel.getByRole("link", { name: "Connect" }).click();
  await expect(page.getByRole("tab", { name: "All metadata" })).toHaveAttribute("aria-selected", "true");
});

test("what Connect shows for all metadata is pasted into a shell, and little is missing then", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/connect?with=facets");
  await expect(page.getByRole("tab", { name: "All metadata" })).toBeInViewport({ ratio: 1 });
  const code = page.getByRole("tabpanel").locator("pre").first();
  await expect(code).toContainText(new URL(page.url()).origin);
  const { stdout } = await promisify(execFile)("bash", ["-c", String(await code.textContent())]);
  await page.goto(stdout.slice(stdout.indexOf("http")).trim());
  const missing = panelOf(page).getByRole("listitem").filter({ hasText: ": missing" });
  await expect(missing).toHaveText([
    /^Its end/,
    /^Where it is found/,
    /^Checks/,
    /^What its machines report/,
  ]);
  await expect(panelOf(page)).not.toContainText("Could not be read");
});

test("each kind of life has its age, against its usual rhythm, and leads to the message that proves it", async ({
  page,
  request,
}) => {
  const nightly = await tellNightly(request);
  await page.goto(`/runs/${nightly.runId}?node=train[2]&tab=life`);
  const signs = panelOf(page).getByRole("listitem");
  const beat = signs.filter({ hasText: "Heartbeat" });
  await expect(beat).toContainText("every 10s, promised");
  await expect(beat).toContainText("late");
  await expect(beat).toContainText("1 h ago");
  await signs.filter({ hasText: "Output" }).getByRole("button").click();
  await expect(page.getByRole("dialog")).toContainText("metrics.json");
});

test("outputs are told of each attempt, and whose they are", async ({ page, request }) => {
  const runId = randomUUID();
  const name = `twice_${runId.slice(0, 4)}`;
  const at = Date.now() - 600_000;
  const [first, second] = [randomUUID(), randomUUID()];
  const facets = { unstuck_output: { state: "written", writtenBy: { runId: first } } };
  const tried = (number: number, id: string) => ({
    ...{ runId: id, name: `${name}.train` },
    run: { parent: { run: { runId }, job: { namespace: name, name } }, unstuck_attempt: { number } },
  });
  const own = { name: "model.bin", facets: { unstuck_output: { state: "written" } } };
  await tell(request, name, { type: "START", at, runId, name });
  await tell(request, name, { ...tried(1, first), type: "START", at: at + 1_000 });
  await tell(request, name, { ...tried(1, first), type: "FAIL", at: at + 60_000, outputs: [own] });
  await tell(request, name, { ...tried(2, second), type: "START", at: at + 90_000 });
  await page.goto(`/runs/${runId}?node=train&tab=outputs`);
  const panel = panelOf(page);
  await expect(panel).toContainText("No event of attempt 2 lists an output");
  await expect(panel.getByRole("heading", { name: "Attempt 1, failed" })).toBeVisible();
  await expect(panel.getByRole("heading", { name: "model.bin" })).toBeVisible();

  const told = [{ name: "model.bin", facets }];
  await tell(request, name, { ...tried(2, second), type: "RUNNING", at: at + 95_000, outputs: told });
  await page.reload();
  await expect(panel.getByRole("heading", { name: "Attempt 2, running" })).toBeVisible();
  await expect(panel).toContainText("Not this attempt’s own: attempt 1 wrote it.");
});

test("a message that is closed leaves no step behind for the back button", async ({ page, request }) => {
  const nightly = await tellNightly(request);
  await page.goto("/rules");
  await page.goto(`/runs/${nightly.runId}?node=train[2]&tab=events`);
  const message = panelOf(page).getByRole("tabpanel").getByRole("listitem").first().getByRole("button");
  const dialog = page.getByRole("dialog");
  for (const _ of [1, 2]) {
    await message.click();
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(page).not.toHaveURL(/event=/);
  }
  await page.goForward();
  await expect(dialog).toBeVisible();
  await page.goBack();
  await expect(dialog).toBeHidden();
  await page.goBack();
  await expect(page).toHaveURL(/\/rules$/);
});

test("attempts stand side by side", async ({ page }) => {
  await page.goto(`/runs/${run}?node=train&tab=attempts`);
  const table = panelOf(page).getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveText([/2 waiting/, /1 failed/]);
  await expect(table.getByRole("row", { name: /Error/ })).toContainText("out of memory");
});

test("messages are listed by type and of the instant that is shown, and go on as one scrolls", async ({
  page,
  request,
}) => {
  await page.goto(`/runs/${run}?node=train&tab=events`);
  const panel = panelOf(page);
  const count = panel.getByRole("tabpanel").getByRole("status");
  await expect(count).toHaveText("100 messages, and earlier ones");
  const rows = panel.getByRole("listitem");
  expect(await rows.count()).toBeLessThan(60);
  await rows.first().hover();
  await page.mouse.wheel(0, 4_000);
  await expect(count).toHaveText("154 messages");

  await panel.getByRole("button", { name: "Type" }).click();
  await page.getByRole("option", { name: "FAIL" }).click();
  await page.getByRole("option", { name: "OTHER" }).click();
  await page.keyboard.press("Escape");
  await expect(count).toHaveText("3 messages");
  await expect(page).toHaveURL(/type=FAIL,OTHER/);
  await rows.filter({ hasText: "FAIL" }).getByRole("button").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("out of memory");
  await page.keyboard.press("Escape");

  const nightly = await tellNightly(request);
  const { receipts } = await (await request.get(`/api/v1/runs/${nightly.runId}/receipts`)).json();
  await page.goto(`/runs/${nightly.runId}?view=events&at=${receipts[0].at}`);
  const list = page.getByRole("tabpanel", { name: "Events" });
  await expect(list.getByRole("status")).toHaveText("1 message");
  await page.getByRole("button", { name: "Go to now" }).click();
  await expect(list.getByRole("status")).toHaveText(/^1\d messages$/);

  // The hour alone would be read as today's.
  await page.goto(`/runs/${churn.runIds[0]}?view=events`);
  await expect(list.getByRole("listitem").first()).toHaveText(/^\d{1,2} [A-Z][a-z]{2} \d\d:\d\d:\d\d/);
});

test("a node's verdict is read while the rest is awaited, which is asked for with the press already", async ({
  page,
  request,
}) => {
  const nightly = await tellNightly(request);
  await awaitState(request, nightly.runId, "stuck");
  await page.goto(`/runs/${nightly.runId}?node=features`);
  const panel = panelOf(page);
  await expect(panel).toContainText("Finished");
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked: string[] = [];
  await page.route("**/api/v1/runs/*/nodes?*", async (route) => {
    asked.push(String(new URL(route.request().url()).searchParams.get("key")));
    await released;
    await route.continue();
  });
  const stuck = page.getByRole("button", { name: /Stuck train\[2\]/ });
  await stuck.hover();
  await page.mouse.down();
  await expect.poll(() => asked).toContain("train[2]");
  await page.mouse.up();
  await expect(panel).toHaveAttribute("aria-label", "Node train[2]");
  await expect(panel.getByRole("link", { name: "Lost completion" })).toBeVisible();
  await expect(panel.getByRole("heading", { name: "Evidence" })).toBeVisible();
  await expect(panel.getByText(/attempt 1 of 1/)).toHaveCount(0);
  expect(asked.filter((key) => key === "train[2]")).toHaveLength(1);
  await page.getByRole("button", { name: /^Finished train\[0\]/ }).click();
  await expect(panel).toContainText("Finished in 41m");
  await expect(panel.locator("[aria-busy=true]")).toHaveCount(1);
  await stuck.click();
  release();
  await expect(panel.getByText(/attempt 1 of 1/)).toBeVisible();
});

test("evidence lights up its place on graph and timeline", async ({ page, request }) => {
  const nightly = await tellNightly(request);
  await page.goto(`/runs/${nightly.runId}?node=train[2]&view=timeline`);
  const panel = panelOf(page);
  const lit = page.locator('[data-lit="train[2]"]');
  await expect(lit).toHaveCount(0);
  await panel
    .getByRole("button", { name: /metrics\.json/ })
    .first()
    .hover();
  await expect(lit).toBeVisible();
  await panel.getByRole("heading", { level: 2 }).hover();
  await expect(lit).toHaveCount(0);

  await page.getByRole("tab", { name: "Graph" }).click();
  await panel
    .getByRole("button", { name: /heartbeat/i })
    .last()
    .click();
  await expect(page).toHaveURL(/view=timeline/);
  await expect(lit).toBeVisible();
  const link = page.url();
  await panel
    .getByRole("button", { name: /metrics\.json/ })
    .first()
    .click();
  await expect(page).toHaveURL(/event=/);
  const event = page.url();
  await page.goto(link);
  await expect(lit).toHaveCount(0);
  await page.goto(event);
  await expect(lit).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({
        colorScheme,
        viewport: { width, height: 844 },
        contextOptions: { reducedMotion: "reduce" },
      });

      test("every tab is seen, reached by arrows, and without a fault above minor", async ({ page }) => {
        await page.goto(`/runs/${run}?node=train`);
        const panel = panelOf(page);
        const tabs = panel.getByRole("tab");
        await expect(tabs).toHaveText([
          /Why/,
          /Attempts/,
          /Outputs/,
          /Cache/,
          /Life/,
          /Waits/,
          /Events/,
          /Meta/,
        ]);
        // One row, however narrow: what is below never moves.
        const rows = await tabs.evaluateAll(
          (all) => new Set(all.map((tab) => tab.getBoundingClientRect().top)).size,
        );
        expect(rows).toBe(1);
        await tabs.first().focus();
        for (let n = 0; n < 8; n++) {
          const tab = tabs.nth(n);
          await expect(tab).toHaveAttribute("aria-selected", "true");
          await expect(panel.getByRole("tabpanel")).toBeVisible();
          await page.waitForLoadState("networkidle");
          const box = await tab.boundingBox();
          expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(width);
          const { violations } = await new AxeBuilder({ page }).include("aside").analyze();
          expect(violations.filter((v) => v.impact !== "minor").map((v) => v.nodes[0]?.html)).toEqual([]);
          await page.keyboard.press("ArrowRight");
        }
        await expect(tabs.first()).toBeFocused();
      });
    });
  }
}
