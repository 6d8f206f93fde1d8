import { type APIRequestContext, expect, test } from "@playwright/test";
import { awaitState, tellNightly } from "../pipelines";

test("the arrows walk, Enter goes into the panel, Escape comes back, Home goes to what holds the run", async ({
  page,
  request,
}) => {
  const nightly = await tellNightly(request);
  await awaitState(request, nightly.runId, "stuck");
  await page.goto(`/runs/${nightly.runId}`);
  const stuck = page.getByRole("button", { name: /Stuck train\[2\]/ });
  const planned = page.getByRole("button", { name: /^Planned evaluate/ });
  await expect(page.getByRole("button", { name: "Zoom in" })).toBeVisible();
  await stuck.focus();
  await page.keyboard.press("ArrowRight");
  await expect(planned).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: /^after .*train\[2\]/ })).toBeAttached();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Node evaluate" });
  await expect(panel).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(planned).toBeFocused();
  await page.keyboard.press("Home");
  await expect(stuck).toBeFocused();
  await expect(page).toHaveURL(/node=train(%5B|\[)2/);
});

test("a canvas of thousands of nodes is walked as well, and says where one is", async ({ page, request }) => {
  test.slow();
  const runId = await tellWide(request, 1_600);
  await page.goto(`/runs/${runId}?scope=whole`);
  const canvas = page.getByRole("application", { name: /^Graph of 1,60\d nodes/ });
  await canvas.focus();
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/node=/);
  const said = page.getByRole("status").filter({ hasText: /needs|after/ });
  await expect(said).toContainText(/^split, .* needs no other node, before part_0, part_1/);
  await page.keyboard.press("ArrowRight");
  await expect(said).toContainText(/^part_\d+, .* after split, no node needs it/);
  const before = await said.textContent();
  await page.keyboard.press("ArrowDown");
  await expect(said).not.toHaveText(String(before));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(canvas).toBeFocused();
  // Of all these nodes one is found, and the list says how many it leaves out.
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Search, or go to anything" });
  await field.fill("part");
  await expect(page.getByText(/12 of 1,6\d\d; type more to narrow them/)).toBeVisible();
  await field.fill("part_1599");
  await expect(page.getByRole("option", { name: /^part_1599/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/node=part_1599/);
  await expect(canvas).toBeFocused();
  await expect(said).toContainText("part_1599");
});

/** A run that has just begun, with a plan of so many nodes side by side. */
async function tellWide(request: APIRequestContext, width: number): Promise<string> {
  const runId = crypto.randomUUID();
  const keys = Array.from({ length: width }, (_, i) => `part_${i}`);
  const plan = {
    nodes: ["split", ...keys].map((key) => ({ key })),
    edges: keys.map((key) => ({ from: "split", to: key })),
  };
  const response = await request.post("/api/v1/lineage", {
    data: {
      ...{ eventType: "START", eventTime: new Date().toISOString(), producer: "urn:stories" },
      schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
      run: { runId },
      job: { namespace: "stories", name: `wide_${runId.slice(0, 4)}`, facets: { unstuck_plan: plan } },
    },
  });
  expect(response.status()).toBe(201);
  return runId;
}
