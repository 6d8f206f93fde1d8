import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { tell } from "../pipelines";

/** A run of two steps, told in five messages at instants of their own: the plan, then each start and end. */
async function tellSteps(api: APIRequestContext): Promise<{ runId: string; end: () => Promise<void> }> {
  const runId = randomUUID();
  const name = `steps_${runId.slice(0, 4)}`;
  const source = `as-of-${runId.slice(0, 4)}`;
  const parent = { run: { runId }, job: { namespace: source, name } };
  const say = async (type: "START" | "COMPLETE", key?: string, id = runId, job = {}) => {
    const step = key === undefined ? { name } : { name: `${name}.${key}`, run: { parent } };
    await tell(api, source, { type, at: Date.now(), runId: id, job, ...step });
    await new Promise((next) => setTimeout(next, 30));
  };
  const [load, train] = [randomUUID(), randomUUID()];
  const plan = { nodes: [{ key: "load" }, { key: "train" }], edges: [{ from: "load", to: "train" }] };
  await say("START", undefined, runId, { unstuck_plan: plan });
  await say("START", "load", load);
  await say("COMPLETE", "load", load);
  await say("START", "train", train);
  await say("COMPLETE", "train", train);
  return { runId, end: () => say("COMPLETE") };
}

const slider = (page: Page) => page.getByRole("slider", { name: "Instant that the page shows" });
const node = (page: Page, words: RegExp) => page.getByRole("button", { name: words });

test("one goes back through the run by keys, sees what was known, and what was learned since", async ({
  page,
  request,
}) => {
  const { runId, end } = await tellSteps(request);
  await end();
  await page.goto(`/runs/${runId}`);
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "now");
  await expect(page.getByText(/learned since/)).toHaveCount(0);

  await slider(page).press("Home");
  await expect(page).toHaveURL(/at=/);
  await expect(node(page, /Planned load/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).not.toContainText(/finished/i);
  await page.getByRole("button", { name: /learned since/ }).click();
  const learned = page.getByRole("dialog", { name: "What we learned since" });
  await expect(learned).toContainText("train completed");
  await expect(learned).toContainText("The run completed");
  await page.keyboard.press("Escape");
  await expect(learned).toBeHidden();

  await slider(page).press("ArrowRight");
  await expect(node(page, /Progressing load/)).toBeVisible();
  await slider(page).press("ArrowRight");
  await expect(node(page, /Finished load/)).toBeVisible();
  await expect(node(page, /Planned train/)).toBeVisible();
  await slider(page).press("ArrowLeft");
  await expect(node(page, /Progressing load/)).toBeVisible();

  // The link says which instant; whoever opens it sees the same.
  await page.reload();
  await expect(node(page, /Progressing load/)).toBeVisible();
  await page.getByRole("button", { name: "Go to now" }).click();
  await expect(page).not.toHaveURL(/at=/);
  await expect(node(page, /Finished train/)).toBeVisible();
});

test("a drag snaps to what was received, and back leads to now", async ({ page, request }) => {
  const { runId, end } = await tellSteps(request);
  await end();
  await page.goto(`/runs/${runId}`);
  const box = await slider(page).boundingBox();
  if (!box) throw new Error("the slider has no place");
  const y = box.y + box.height - 8;
  await page.mouse.move(box.x + box.width - 1, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, y, { steps: 5 });
  // Where the thumb rests the page is, though it is not let go of.
  await expect(page).toHaveURL(/at=/);
  await page.mouse.move(box.x + 3, y, { steps: 5 });
  await page.mouse.up();
  await expect(node(page, /Planned load/)).toBeVisible();
  const { receipts } = await (await request.get(`/api/v1/runs/${runId}/receipts`)).json();
  expect(new URL(page.url()).searchParams.get("at")).toBe(receipts[0].at);
  await page.goBack();
  await expect(page).not.toHaveURL(/at=/);
  await expect(node(page, /Finished train/)).toBeVisible();
});

test("the space bar plays the run from its start to now", async ({ page, request }) => {
  const { runId, end } = await tellSteps(request);
  await end();
  await page.goto(`/runs/${runId}`);
  await expect(slider(page)).toBeVisible();
  const seen: string[] = [];
  await page.exposeFunction("see", (words: string) => seen.push(words));
  await page.evaluate(() => {
    const look = () => {
      const words =
        document.querySelector('[data-node="load"] [aria-label]')?.getAttribute("aria-label") ?? "";
      (window as unknown as { see: (words: string) => void }).see(words);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Play from start to now" })).toBeVisible();
  await expect(page).not.toHaveURL(/at=/);
  const states = seen.filter((word, i) => word !== "" && word !== seen[i - 1]);
  expect(states).toEqual(["Finished", "Planned", "Progressing", "Finished"]);
});
