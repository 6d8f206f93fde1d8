import { expect, it } from "vitest";
import type { Topic } from "../../contract/live.ts";
import { readChange, writeChange } from "./change.ts";

const runs = (count: number) => Array.from({ length: count }, (_, i): Topic => `run:${"é".repeat(20)}${i}`);

it("is read as it was written, each topic once", () => {
  expect(readChange(writeChange(["runs", "run:a", "run:a"]))).toEqual(new Set(["runs", "run:a"]));
});

it("names all sources besides the one", () => {
  expect(readChange(writeChange(["source:shop"]))).toEqual(new Set(["source:shop", "sources"]));
});

it("is many where its note would be longer than Postgres takes, in bytes", () => {
  expect(readChange(writeChange(runs(100)))).toEqual(new Set(runs(100)));
  expect(readChange(writeChange(runs(200)))).toBe("many");
});

it("is many where another version wrote what we cannot read", () => {
  expect(["", "{}", "[1]", '"few"'].map(readChange)).toEqual(["many", "many", "many", "many"]);
});
