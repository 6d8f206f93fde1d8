import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

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
