import { describe, expect, test } from "vitest";
import { readMessage } from "../../lib/sources/openlineage/wire.ts";
import { eventStream } from "./stream.ts";

const AT = Date.UTC(2026, 0, 31, 9);
const texts = (first: number, count: number) =>
  [...eventStream(first, count, AT)].map((e) => JSON.stringify(e));
const sent = texts(0, 3_000);

describe("the events of the bench", () => {
  test("are the same each time, and others for other runs", () => {
    expect(texts(0, 200)).toEqual(sent.slice(0, 200));
    const others = new Set(texts(1_000_000, 3_000));
    expect(sent.filter((text) => others.has(text))).toEqual([]);
  });

  test("are of 2 to 40 kB, and each is its own", () => {
    const sizes = sent.map((text) => text.length);
    expect(Math.min(...sizes)).toBeGreaterThan(2_000);
    expect(Math.max(...sizes)).toBeLessThan(40_000);
    expect(new Set(sent).size).toBe(sent.length);
  });

  test("are read without a complaint", () => {
    const read = sent.slice(0, 300).map((text) => readMessage(JSON.parse(text)));
    expect(read.filter((r) => !r.ok)).toEqual([]);
    expect(read.flatMap((r) => (r.ok ? r.message.notes : []))).toEqual([]);
  });

  test("tell of many runs at once, of each from START to its end", () => {
    const events = [...eventStream(0, 3_000, AT)].map((json) => readMessage(json));
    const types = new Map<string, string[]>();
    for (const read of events) {
      if (!read.ok || read.message.kind !== "run") continue;
      const { runId } = read.message.run;
      types.set(runId, [...(types.get(runId) ?? []), read.message.eventType ?? ""]);
    }
    expect(types.size).toBeGreaterThan(1_000);
    expect([...types.values()].every(([first]) => first === "START")).toBe(true);
    expect(
      [...types.values()].filter((list) => /COMPLETE|FAIL/.test(list.at(-1) ?? "")).length,
    ).toBeGreaterThan(900);
  });
});
