import { expect, test } from "@playwright/test";

test("the first page opens, and the browser has nothing to complain of", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const response = await page.goto("/");
  expect(response?.status()).toBe(200);
  await page.waitForLoadState("networkidle");
  expect(complaints).toEqual([]);
});

test("before any script has run, commands name the server by the address that was asked", async ({
  request,
  baseURL,
}) => {
  const html = await (await request.get("/connect")).text();
  expect(html).toContain(`${baseURL}/api/v1/lineage`);
  expect(html).not.toContain("localhost:3000");
  const headers = { "X-Forwarded-Host": "unstuck.example", "X-Forwarded-Proto": "https" };
  const behind = await (await request.get("/connect", { headers })).text();
  expect(behind).toContain("https://unstuck.example/api/v1/lineage");
});
