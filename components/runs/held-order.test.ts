import { describe, expect, it } from "vitest";
import { freeOrder, holdOrder } from "./held-order.ts";

const runs = (ids: string) => ids.split("").map((id) => ({ id }));
const ids = (rows: readonly { item: { id: string }; gone: boolean }[]) =>
  rows.map(({ item, gone }) => (gone ? `(${item.id})` : item.id)).join("");

describe("while the pointer is over a list", () => {
  it("keeps the order that stood, whatever the new one is", () => {
    expect(ids(holdOrder(runs("abc"), runs("cab"), "append").rows)).toBe("abc");
  });

  it("keeps the place of what left", () => {
    expect(ids(holdOrder(runs("abc"), runs("ac"), "append").rows)).toBe("a(b)c");
  });

  it("appends what came, where told so", () => {
    expect(ids(holdOrder(runs("ab"), runs("xab"), "append").rows)).toBe("abx");
  });

  it("lets wait what would push the others down, and shows what belongs below", () => {
    const { rows, waiting } = holdOrder(runs("bc"), runs("abcde"), "wait");
    expect(ids(rows)).toBe("bcde");
    expect(waiting).toBe(1);
  });

  it("shows everything where nothing that stood is left", () => {
    expect(ids(holdOrder(runs("a"), runs("xy"), "wait").rows)).toBe("(a)xy");
  });
});

it("takes the new order once the pointer has left", () => {
  expect(ids(freeOrder(runs("cab")).rows)).toBe("cab");
});
