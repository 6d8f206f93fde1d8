import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withBuckets } from "../base/bitmap.ts";
import type { Instant } from "../base/instant.ts";
import type { LifeSigns } from "./life-signs.ts";
import { packLife, unpackLife } from "./packed-life.ts";

const instant = fc
  .oneof(
    fc.integer({ min: 1_760_000_000_000, max: 1_760_000_100_000 }),
    fc.integer({ min: -1e13, max: 1e14 }),
  )
  .map((ms) => ms as Instant);
/** Beats have no message, messages a hash as a UUID; earlier versions and tests may name any. */
const message = fc.oneof(fc.constant(""), fc.uuid(), fc.string({ unit: "grapheme" }));
const moment = fc.record({ at: instant, receivedAt: instant, messageId: message });
const number = fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }));

/** Registers of one life line often share their moment. */
const life: fc.Arbitrary<LifeSigns> = fc.tuple(moment, moment, moment).chain((moments) => {
  const told = fc.constantFrom(...moments);
  const register = fc.tuple(told, number).map(([at, value]) => ({ ...at, value }));
  const progress = fc.record(
    { done: number, total: number, unit: fc.string({ unit: "grapheme" }) },
    { requiredKeys: ["done"] },
  );
  return fc
    .record(
      {
        attemptId: fc.constant("a"),
        beats: fc
          .array(fc.integer({ min: 0, max: 3_000 }))
          .map((list) => withBuckets(new Uint8Array(0), list)),
        firstBeat: told,
        lastBeat: told,
        lastReceivedAt: instant,
        intervalMs: register,
        progress: fc.tuple(told, progress).map(([at, value]) => ({ ...at, value })),
        cpuSeconds: register,
        cpuStep: register,
        rssBytes: register,
      },
      { requiredKeys: ["attemptId", "beats"] },
    )
    .map((given) => given);
});

describe("a packed life line", () => {
  it("is read as it was, whatever of it is known", () => {
    fc.assert(
      fc.property(life, (given) => {
        expect(unpackLife("a", packLife(given))).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  it("is read where an earlier version wrote it as JSON, without its beats", () => {
    fc.assert(
      fc.property(life, ({ beats: _, ...signs }) => {
        const json = JSON.stringify(signs);
        expect(unpackLife("a", new TextEncoder().encode(json))).toEqual({
          ...JSON.parse(json),
          beats: new Uint8Array(0),
        });
      }),
    );
  });

  it("that was cut off, or has a form of which nothing is known, is refused", () => {
    const [given] = fc.sample(
      life.filter((l) => l.progress !== undefined && l.beats.length === 0),
      1,
    );
    if (!given) throw new Error("none was generated");
    expect(() => unpackLife("a", packLife(given).subarray(0, 4))).toThrow(RangeError);
    expect(() => unpackLife("a", Uint8Array.of(9, 0))).toThrow(/form 9/);
  });
});
