import { expect, test } from "vitest";
import { parseRecent, withRecent } from "./recent.ts";

const entry = (id: string) => ({ id, kind: "rule" as const, label: id, href: `/rules/${id}` });

test("the newest choice is first, and none is there twice", () => {
  const list = ["a", "b", "a"].reduce<ReturnType<typeof withRecent>>((l, id) => withRecent(l, entry(id)), []);
  expect(list.map(({ id }) => id)).toEqual(["a", "b"]);
});

test("six are kept", () => {
  const list = [..."abcdefgh"].reduce<ReturnType<typeof withRecent>>((l, id) => withRecent(l, entry(id)), []);
  expect(list.map(({ id }) => id).join("")).toBe("hgfedc");
});

test("what was stored is read again, and what is none of ours is left out", () => {
  const list = withRecent([], entry("a"));
  expect(parseRecent(JSON.stringify(list))).toEqual(list);
  const strange = [...list, null, 3, { id: "x" }, { ...entry("y"), kind: "odd" }];
  const outside = [
    { ...entry("z"), href: "https://elsewhere" },
    { ...entry("w"), href: "//elsewhere" },
  ];
  expect(parseRecent(JSON.stringify([...strange, ...outside]))).toEqual(list);
  expect(parseRecent("{")).toEqual([]);
  expect(parseRecent('"a"')).toEqual([]);
  expect(parseRecent(null)).toEqual([]);
});
