import { expect, test } from "vitest";
import { originOf } from "./origin.ts";

test.each([
  [{ host: "localhost:3000" }, "http://localhost:3000"],
  [{ host: "Unstuck.Example" }, "http://unstuck.example"],
  [{ host: "[::1]:8080" }, "http://[::1]:8080"],
  [
    { host: "10.0.0.1:3000", "x-forwarded-host": "unstuck.example", "x-forwarded-proto": "https" },
    "https://unstuck.example",
  ],
  [
    { host: "a", "x-forwarded-host": "outer.example, inner", "x-forwarded-proto": "https, http" },
    "https://outer.example",
  ],
  [{ host: "unstuck.example:443", "x-forwarded-proto": "https" }, "https://unstuck.example"],
])("%j was sent to %s", (headers, origin) => {
  expect(originOf(new Headers(headers))).toBe(origin);
});

const NOWHERE: readonly Record<string, string>[] = [
  {},
  { host: "" },
  { host: "a b" },
  { host: "a'; rm -rf ." },
  { host: "user@elsewhere.example" },
  { host: "a/b" },
  { host: "a:99999" },
];

test.each(NOWHERE)("%j names no place", (headers) => {
  expect(originOf(new Headers(headers))).toBeUndefined();
});
