import fc from "fast-check";
import { expect, it } from "vitest";
import { Packer, Unpacker } from "./packed.ts";

const part = fc.oneof(
  fc.record({ kind: fc.constant("count" as const), value: fc.maxSafeNat() }),
  fc.record({
    kind: fc.constant("whole" as const),
    value: fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
  }),
  fc.record({
    kind: fc.constant("number" as const),
    value: fc.oneof(
      fc.double({ noNaN: true }),
      fc.maxSafeInteger(),
      fc.nat({ max: 300 }),
      fc.nat().map((n) => n / 1000),
    ),
  }),
  fc.record({ kind: fc.constant("text" as const), value: fc.string({ unit: "grapheme" }) }),
);

it("what was packed is read again, whatever stands beside it", () => {
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const packer = new Packer();
      for (const { kind, value } of parts) {
        if (kind === "text") packer.text(value);
        else packer[kind](value);
      }
      const bytes = new Unpacker(packer.take());
      expect(parts.map(({ kind }) => bytes[kind]())).toEqual(parts.map(({ value }) => value));
      expect(bytes.isAtEnd).toBe(true);
    }),
  );
});

it("bytes that were cut off are not taken for fewer", () => {
  const bytes = new Packer().text("a beat").take();
  expect(() => new Unpacker(bytes.subarray(0, 4)).text()).toThrow(RangeError);
  expect(() => new Unpacker(bytes.subarray(0, 0)).count()).toThrow(RangeError);
});

it("small numbers are a byte, and thousandths a few", () => {
  expect(new Packer().count(127).whole(-64).number(42).take()).toHaveLength(3);
  expect(new Packer().number(10_259.25).take()).toHaveLength(4);
});
