import { expect, test } from "vitest";
import { json, readJson, refuse, responding } from "./respond.ts";

/** What a route that takes JSON of at most twenty bytes answers. */
async function answer(body: string) {
  const request = new Request("http://localhost/", { method: "PUT", body });
  const response = await responding(async () => {
    const read = await readJson(request, 20);
    return read === undefined ? refuse(400, "no JSON") : json({ read });
  });
  return [response.status, await response.json()];
}

test.each([
  ['{"a":1}', 200, { read: { a: 1 } }],
  // Whatever it says.
  ['"too long"', 200, { read: "too long" }],
  ["{", 400, { error: "no JSON", problems: [] }],
  ["", 400, { error: "no JSON", problems: [] }],
  [`"${"x".repeat(19)}"`, 413, { error: "The body may have at most 20 bytes.", problems: [] }],
])("a body of %s is answered with %i", async (body, status, said) => {
  expect(await answer(body)).toEqual([status, said]);
});
