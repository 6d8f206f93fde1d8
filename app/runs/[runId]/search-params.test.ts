import fc from "fast-check";
import { expect, test } from "vitest";
import { changed, readAddress, writeAddress } from "@/components/run/run-address";
import { readRunParams } from "./search-params";

test("a good link is read whole", () => {
  const { address, at, ignored } = readRunParams({
    node: "train[2]",
    tab: "outputs",
    view: "timeline",
    scope: "whole",
    as: "table",
    at: "2026-11-23T02:35:00Z",
    window: "2026-11-23T02:00:00Z~2026-11-23T03:00:00Z",
  });
  expect(address).toMatchObject({
    node: "train[2]",
    tab: "outputs",
    view: "timeline",
    scope: "whole",
    as: "table",
  });
  expect(address.window).toBe("2026-11-23T02:00:00Z~2026-11-23T03:00:00Z");
  expect(at).toBe(Date.UTC(2026, 10, 23, 2, 35));
  expect(ignored).toEqual([]);
});

test("what a link asks for in vain is left out and told", () => {
  const { address, ignored, refusedAt } = readRunParams({ tab: "wy", at: "yesterday", window: "1~2" });
  expect(address.tab).toBe("why");
  expect(refusedAt).toBe("yesterday");
  expect(ignored.map((text) => text.split(" ")[0])).toEqual(["at=yesterday", "tab=wy", "window=1~2"]);
});

test("no link breaks the page", () => {
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined));
  fc.assert(
    fc.property(
      fc.record({
        node: value,
        tab: value,
        view: value,
        scope: value,
        as: value,
        at: value,
        window: value,
        event: value,
        baseline: value,
      }),
      (raw) => {
        expect(readRunParams(raw).address.tab).toBeDefined();
      },
    ),
  );
});

test("an address survives being written and read", () => {
  const address = readAddress(
    new URLSearchParams(
      "node=a/b%5B2%5D&tab=life&scope=focus&as=table&window=2026-11-23T02:00:00Z~2026-11-23T03:00:00Z&event=e1&baseline=b1",
    ),
  );
  expect(readAddress(new URLSearchParams(writeAddress(address)))).toEqual(address);
  expect(writeAddress(address)).toBe(
    "node=a/b%5B2%5D&tab=life&scope=focus&as=table&window=2026-11-23T02:00:00Z~2026-11-23T03:00:00Z&event=e1&baseline=b1",
  );
});

test("what was chosen for one node is not asked of another", () => {
  const address = readAddress(new URLSearchParams("node=train&tab=cache&baseline=b1"));
  expect(changed(address, { tab: "why" }).baseline).toBe("b1");
  expect(changed(address, { node: "train" }).baseline).toBe("b1");
  expect(changed(address, { node: "report" }).baseline).toBeUndefined();
  expect(changed(address, { node: "report", baseline: "b2" }).baseline).toBe("b2");
});
