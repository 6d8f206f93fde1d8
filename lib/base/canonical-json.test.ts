import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, canonicalJsonOf } from "./canonical-json.ts";

describe("canonicalJson", () => {
  it("sorts keys by code unit at every depth and leaves no white space", () => {
    expect(canonicalJson({ b: [1, { z: null, Z: true }], a: "é", Ä: 0 })).toBe(
      '{"a":"é","b":[1,{"Z":true,"z":null}],"Ä":0}',
    );
  });

  it("gives one text for bodies that differ only in the order of their keys and in white space", () => {
    const one = JSON.parse('{"x":{"10":1,"9":2},"y":[]}');
    const other = JSON.parse('{ "y" : [ ], "x" : { "9" : 2, "10" : 1.0 } }');
    expect(canonicalJson(one)).toBe(canonicalJson(other));
  });

  it("keeps the order of an array, which is content", () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });

  it("keeps a key named __proto__ like any other", () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
  });

  it("leaves out what JSON has no word for, as JSON.stringify does", () => {
    expect(canonicalJson({ a: undefined, b: [undefined, Number.POSITIVE_INFINITY] })).toBe(
      '{"b":[null,null]}',
    );
  });

  it("bears a body that is nested deeper than the call stack", () => {
    const depth = 200_000;
    let nested: unknown = 1;
    for (let i = 0; i < depth; i++) nested = i % 2 === 0 ? [nested] : { a: nested };
    expect(canonicalJson(nested)).toHaveLength((depth / 2) * 2 + (depth / 2) * 6 + 1);
  });

  it("writes what the plain definition of the form says, however often objects of one kind come by", () => {
    const key = fc.oneof(
      fc.constantFrom("a", "b", "c", "__proto__", "10", "9"),
      fc.string({ unit: "binary" }),
    );
    const { object } = fc.letrec<{ value: unknown; object: object }>((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.string({ unit: "binary" }), tie("object")),
      object: fc.oneof(
        fc.array(tie("value"), { maxLength: 4 }),
        fc.array(fc.tuple(key, tie("value")), { maxLength: 6 }).map((e) => Object.fromEntries(e)),
        // More keys, and longer ones, than are remembered.
        fc.integer({ min: 30, max: 60 }).map((n) => ({ [`${"k".repeat(n + 10)}`]: 1, ...keyed(n) })),
      ),
    }));
    const property = fc.property(fc.array(object, { maxLength: 5 }), (values) => {
      const twice = [...values, ...values];
      expect(twice.map(canonicalJson)).toEqual(twice.map(defined));
    });
    fc.assert(property, { numRuns: 50 });
    const many = Array.from({ length: 1_200 }, (_, i) => ({
      [`first${i % 20}`]: 1,
      [`last${i % 600}`]: "\u0085\ud800",
    }));
    expect(many.map(canonicalJson)).toEqual(many.map(defined));
  });

  it("is the same with the text at hand, whatever that escapes and however it is spaced", () => {
    const texts = fc
      .tuple(fc.jsonValue({ stringUnit: "binary" }), fc.constantFrom(0, 2), fc.boolean())
      .map(([value, space, isAscii]) => {
        const text = JSON.stringify(value, null, space);
        return isAscii ? text.replaceAll(/[\u0080-\uffff]/g, escaped) : text;
      });
    const property = fc.property(texts, (text) => {
      const parsed: unknown = JSON.parse(text);
      expect(canonicalJsonOf(text, parsed)).toBe(canonicalJson(parsed));
    });
    fc.assert(property, {
      examples: [['{"b":"\\"","a":["\\u0041","\\\\"]}'], ['{"b":"ü","a":"\u0085"}'], ['"\\ud800"']],
    });
  });

  it("reads back as the same value, and is its own canonical form", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const written = canonicalJson(value);
        const read = JSON.parse(written);
        expect(read).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(read)).toBe(written);
      }),
    );
  });
});

/** An object with so many keys, written backwards. */
function keyed(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${count - i}`, i]));
}

/** The form as one would define it, without a thought for time. */
function defined(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(defined).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${defined(inner)}`).join(",")}}`;
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
