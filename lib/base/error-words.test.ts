import { expect, test } from "vitest";
import { errorWords } from "./error-words.ts";

test("an error says its message, else its code, else its name; anything else says itself", () => {
  expect(errorWords(new Error("no such file"))).toBe("no such file");
  const refused = Object.assign(new AggregateError([new Error("::1"), new Error("127.0.0.1")]), {
    code: "ECONNREFUSED",
  });
  expect(errorWords(refused)).toBe("ECONNREFUSED");
  expect(errorWords(new TypeError())).toBe("TypeError");
  expect(errorWords("given up")).toBe("given up");
});
