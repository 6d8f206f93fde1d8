import fc from "fast-check";
import { expect, test } from "vitest";
import { prettyJson } from "./pretty-json.ts";

test("what JSON can say without loss is laid out as JSON itself does", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, "\t"), (text, space) => {
      const value = JSON.parse(text);
      expect(prettyJson(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test("large numbers, and a name that comes twice, stay as they were written", () => {
  expect(prettyJson('{"id":9223372036854775807,"a":1.0,"a":1e400}')).toBe(
    '{\n  "id": 9223372036854775807,\n  "a": 1.0,\n  "a": 1e400\n}',
  );
});

test("signs inside a text are no signs", () => {
  expect(prettyJson(String.raw`["{\"a\": [1, 2]}\\", "\u007b"]`)).toBe(
    String.raw`[
  "{\"a\": [1, 2]}\\",
  "\u007b"
]`,
  );
});

test("what is no JSON is left to whoever shows it", () => {
  for (const text of ["", "{", "START", "{'a': 1}"]) expect(prettyJson(text)).toBeUndefined();
});
