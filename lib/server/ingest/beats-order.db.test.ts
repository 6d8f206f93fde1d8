import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketsSet } from "../../base/bitmap.ts";
import type { Instant } from "../../base/instant.ts";
import type { Beat } from "../../contract/heartbeats.ts";
import type { Event } from "../../events/event.ts";
import { type LifeSigns, lifeProjection } from "../../projections/life-signs.ts";
import { project } from "../../projections/projection.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import { storedLife } from "../../testing/stored-life.ts";
import { tries } from "../../testing/wire-trees.ts";
import { database } from "../database.ts";

const { post } = await ingestServer(1_000_000);
const BEGAN = Date.UTC(2026, 0, 31, 8, 59, 30);

/** What one attempt's beats may say; few instants, so that several fall on one, and two hours, so on two chunks. */
const beat: fc.Arbitrary<Omit<Beat, "runId"> & { at: string }> = fc
  .record(
    {
      at: fc.constantFrom(0, 10, 4_999, 5_000, 29_999, 30_000, 30_001, 600_000, 7_200_000),
      interval: fc.constantFrom(5, 10, 60),
      progress: fc.record({ done: fc.nat({ max: 3 }), total: fc.constantFrom(3, 4) }),
      cpuSeconds: fc.nat({ max: 3 }),
      rssBytes: fc.nat({ max: 3 }),
    },
    { requiredKeys: ["at"] },
  )
  .map(({ at, ...rest }) => ({ at: new Date(BEGAN + at).toISOString(), ...rest }));

/** What the pure fold makes of the beats as a set. */
function folded(attemptId: string, given: readonly (Omit<Beat, "runId"> & { at: string })[]) {
  const events = given.flatMap(({ at, interval, progress, cpuSeconds, rssBytes }): Event[] => {
    const moment = Date.parse(at) as Instant;
    const common = { messageId: "", source: "unknown", attemptId, occurredAt: moment, receivedAt: moment };
    const lived: Event = {
      ...common,
      type: "attempt.beat",
      ...(progress && { progress }),
      ...(cpuSeconds !== undefined && { cpuSeconds }),
      ...(rssBytes !== undefined && { rssBytes }),
    };
    return interval === undefined
      ? [lived]
      : [lived, { ...common, type: "beat.promised", intervalMs: interval * 1000 }];
  });
  return said(project(lifeProjection, lifeProjection.initial(attemptId), events));
}

/** A life line without the times of receipt, which are arrival itself. */
function said(life: LifeSigns) {
  const { progress, intervalMs, cpuSeconds, rssBytes } = life;
  return {
    buckets: bucketsSet(life.beats),
    first: life.firstBeat?.at,
    last: life.lastBeat?.at,
    progress: progress && [progress.at, progress.value],
    interval: intervalMs && [intervalMs.at, intervalMs.value],
    cpu: cpuSeconds && [cpuSeconds.at, cpuSeconds.value],
    rss: rssBytes && [rssBytes.at, rssBytes.value],
  };
}

async function stored(attemptId: string) {
  return said(await storedLife(database(), attemptId));
}

describe("beats come to the same", () => {
  it("in every order, batching and repetition", { timeout: 120_000 }, async () => {
    let copies = 0;
    const arrivals = fc.array(beat, { minLength: 1, maxLength: 8 }).chain((beats) => {
      const all = [...beats.keys()];
      const way = fc.record({
        order: fc.shuffledSubarray(all, { minLength: all.length }),
        again: fc.subarray(all),
        together: fc.integer({ min: 1, max: 9 }),
      });
      return fc.tuple(fc.constant(beats), fc.array(way, { minLength: 40, maxLength: 40 }));
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async ([beats, ways]) => {
        const copied = ways.map(({ order, again, together }) => {
          copies += 1;
          const runId = `beaten ${copies}`;
          const arriving = [...order, ...again].flatMap((i) => beats.slice(i, i + 1));
          const batches: Beat[][] = [];
          for (let i = 0; i < arriving.length; i += together)
            batches.push(arriving.slice(i, i + together).map((b) => ({ runId, ...b })));
          return { runId, batches };
        });
        const rounds = Math.max(...copied.map(({ batches }) => batches.length));
        for (let round = 0; round < rounds; round += 1) {
          const together = copied.flatMap(({ batches }) => batches[round] ?? []);
          expect((await post("/api/v1/heartbeats", { beats: together })).status).toBe(201);
        }
        for (const { runId } of copied) expect(await stored(runId)).toEqual(folded(runId, beats));
      }),
      tries(25),
    );
  });
});
