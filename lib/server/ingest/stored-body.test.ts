import { describe, expect, it } from "vitest";
import { packBody, unpackBody } from "./stored-body.ts";

describe("a stored body", () => {
  it.each(["{}", '{"name":"größer 🐘"}', JSON.stringify({ many: "the same words again ".repeat(400) }), ""])(
    "is read as it was written",
    (text) => {
      expect(unpackBody(packBody(Buffer.from(text)))).toBe(text);
    },
  );

  it("is smaller where that is worth it, and never larger", () => {
    const long = JSON.stringify({ many: "the same words again ".repeat(400) });
    expect(packBody(Buffer.from(long)).length).toBeLessThan(long.length / 10);
    expect(packBody(Buffer.from("{}"))).toHaveLength(2);
  });

  it("is read where it was kept plain", () => {
    expect(unpackBody(Buffer.from('{"a":"ä"}'))).toBe('{"a":"ä"}');
  });
});
