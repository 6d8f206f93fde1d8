import fc from "fast-check";
import { expect, it } from "vitest";
import { arrayItems } from "./array-items.ts";

/** The items' texts, or undefined where the whole is not well-formed or one of them is no JSON. */
function itemsOf(text: string): string[] | undefined {
  const items = arrayItems(Buffer.from(text));
  const found: string[] = [];
  for (let next = items.next(); ; next = items.next()) {
    if (next.done) return next.value ? found : undefined;
    const item = Buffer.from(next.value).toString();
    if (!isJson(item)) return undefined;
    found.push(item);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 });
/** Texts with the signs that are looked at, in strings and beside them. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', "\\", ",", "[", "]", "{", "}", "é", "🐘") }),
  fc.string({ unit: "binary" }),
);
const json = fc
  .oneof(fc.jsonValue({ stringUnit: "binary" }), text, fc.dictionary(text, fc.array(text)))
  .map((value) => JSON.stringify(value));

it("gives the items of an array as they are written", () => {
  fc.assert(
    fc.property(fc.array(json), fc.array(space, { minLength: 5, maxLength: 5 }), (items, [a, b, c, d, e]) => {
      const whole = `${a}[${b}${items.join(`${c},${d}`)}${e}]${a}`;
      expect(itemsOf(whole)).toEqual(items.map((item) => Buffer.from(item).toString()));
    }),
  );
});

it("takes for an array of JSON what JSON.parse does, and nothing else", () => {
  const signs = fc.constantFrom(
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    '"',
    "\\",
    " ",
    "1",
    "null",
    '"a"',
    '{"a":1}',
    "\u00a0",
  );
  const mutilated = fc
    .tuple(fc.array(json, { maxLength: 4 }), fc.nat(), fc.nat(3), signs)
    .map(([items, at, cut, sign]) => {
      const whole = `[${items.join(",")}]`;
      const place = at % (whole.length + 1);
      return whole.slice(0, place) + sign + whole.slice(place + cut);
    });
  const pieces = fc.array(signs, { maxLength: 12 }).map((all) => all.join(""));
  fc.assert(
    fc.property(fc.oneof(mutilated, pieces), (given) => {
      // As a body it is UTF-8, in which no half of a pair can be written.
      const whole = given.toWellFormed();
      const parsed: unknown = isJson(whole) ? JSON.parse(whole) : undefined;
      expect(itemsOf(whole)?.map((item) => JSON.parse(item))).toEqual(
        Array.isArray(parsed) ? parsed : undefined,
      );
    }),
    { numRuns: 2_000 },
  );
});

it("bears a nesting deeper than the call stack", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expect(itemsOf(`[${deep},1]`)?.map((item) => item.length)).toEqual([400_000, 1]);
});
