import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { type OwnServer, ownServer } from "../own-server";

const anEvent = (source: string) => ({
  eventType: "START",
  eventTime: new Date().toISOString(),
  producer: "https://example.com/stories",
  schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
  run: { runId: randomUUID() },
  job: { namespace: source, name: "load" },
});

test("an engineer makes a key, copies it, sends with it, sees its use, and takes it back", async ({
  page,
  request,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const name = `airflow-${randomUUID().slice(0, 8)}`;
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Keys" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Keys");
  await page.getByRole("button", { name: "Make a key" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(/Give it a name/);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: `The key of ${name}` })).toBeFocused();
  await page.getByRole("button", { name: "Copy the key" }).click();
  const key = await page.evaluate(() => navigator.clipboard.readText());
  expect(key).toMatch(/^unstuck_ingest_[\w-]{43}$/);
  await expect(page.getByText(key)).toBeVisible();

  const send = () =>
    request.post("/api/v1/lineage", { data: anEvent(name), headers: { Authorization: `Bearer ${key}` } });
  expect((await send()).status()).toBe(201);
  const asked = await request.get("/api/v1/runs", { headers: { Authorization: `Bearer ${key}` } });
  expect(asked.status()).toBe(403);

  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText(key)).toHaveCount(0);
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("ingest");
  await expect(row).not.toContainText("never");
  expect(await page.content()).not.toContain(key);

  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  expect((await send()).status()).toBe(201);
  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("button", { name: "Revoke it" }).click();
  await expect(row).toContainText("revoked");
  const refused = await send();
  expect(refused.status()).toBe(401);
  expect((await refused.json()).error).toContain("revoked");
  expect(refused.headers()["www-authenticate"]).toContain("Bearer");
});

test("a page of another site makes and revokes no key", async ({ request }) => {
  const data = { name: "forged", scope: "ingest" };
  for (const headers of [
    { Origin: "https://elsewhere.example" },
    { "Sec-Fetch-Site": "cross-site" },
    { Host: "elsewhere.example" },
  ]) {
    expect((await request.post("/api/v1/keys", { data, headers })).status(), JSON.stringify(headers)).toBe(
      403,
    );
    expect((await request.delete(`/api/v1/keys/${randomUUID()}`, { headers })).status()).toBe(403);
  }
  const form = await request.post("/api/v1/keys", { form: data });
  expect(form.status()).toBe(415);
  const { keys } = await (await request.get("/api/v1/keys")).json();
  expect(keys.map((key: { name: string }) => key.name)).not.toContain("forged");
});

test("somebody signs in with a read key, is told what is wrong with a bad one, and signs out", async ({
  page,
  request,
}) => {
  const make = async (scope: string) => {
    const made = await request.post("/api/v1/keys", { data: { name: `for-${scope}`, scope } });
    return (await made.json()).text;
  };
  await page.goto("/sign-in?next=%2Fkeys");
  const field = page.getByRole("textbox", { name: "Key" });
  await field.fill(await make("ingest"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(field).toHaveAccessibleDescription(/may only send events/);
  await field.fill(await make("read"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/keys$/);
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name === "unstuck_session");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  expect(cookie?.value).not.toContain("unstuck_");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain("unstuck_session");
});

test.describe("a server that is reached from elsewhere", () => {
  let server: OwnServer;
  test.beforeAll(async () => {
    server = await ownServer({ everywhere: true });
  });
  test.afterAll(() => server.remove());
  // What a proxy says of somebody elsewhere.
  test.use({ extraHTTPHeaders: { "X-Forwarded-For": "203.0.113.9" } });

  test("whoever is signed out while a page is open is told so, and comes back to it", async ({
    page,
    playwright,
  }) => {
    const here = await playwright.request.newContext({ baseURL: server.address, extraHTTPHeaders: {} });
    const send = async (data: object) =>
      expect((await here.post("/api/v1/lineage", { data })).status()).toBe(201);
    const { text } = await (await here.post("/api/v1/keys", { data: { name: "ada", scope: "read" } })).json();
    const event = anEvent("airflow");
    await send(event);
    const path = `/runs/${event.run.runId}?view=events`;
    const signIn = async () => {
      await page.getByRole("textbox", { name: "Key" }).fill(text);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page).toHaveURL(`${server.address}${path}`);
      await expect(page.getByRole("banner")).toContainText("Live");
    };
    await page.goto(`${server.address}${path}`);
    await signIn();
    await page.context().clearCookies();
    // What comes has the page ask.
    await send({ ...event, eventType: "RUNNING", eventTime: new Date().toISOString() });
    await expect(page.getByRole("banner")).toContainText("Signed out");
    await page.getByRole("banner").getByRole("button", { name: "Sign in" }).click();
    await signIn();
    await here.dispose();
  });
});
