import fc from "fast-check";
import { expect, it } from "vitest";
import type { Instant } from "../base/instant.ts";
import type { Event } from "../events/event.ts";
import { BeatSums, joinSums, withBeats } from "./beat-sum.ts";
import { type Beaten, lifeProjection } from "./life-signs.ts";
import { project } from "./projection.ts";

/** Few instants and values, so that several fall on one. */
const beat = fc.record(
  {
    id: fc.constantFrom("a", "b"),
    at: fc.constantFrom(0, 4_999, 5_000, 10_000, 20_000, 600_000, 20_000_000),
    progress: fc.record(
      { done: fc.nat({ max: 3 }), total: fc.constantFrom(3, 4) },
      { requiredKeys: ["done"] },
    ),
    cpuSeconds: fc.constantFrom(0, 9, 10, 25),
    rssBytes: fc.nat({ max: 3 }),
    intervalMs: fc.constantFrom(5_000, 60_000),
  },
  { requiredKeys: ["id", "at"] },
);
type Told = Beaten & { readonly id: string; readonly at: number };

function events({ id, at, ...said }: Told, receivedAt: number, messageId: string): Event[] {
  const { intervalMs, ...rest } = said;
  const common = {
    attemptId: id,
    source: "s",
    messageId,
    occurredAt: at as Instant,
    receivedAt: receivedAt as Instant,
  };
  const lived: Event = { ...common, type: "attempt.beat", ...rest };
  return intervalMs === undefined ? [lived] : [lived, { ...common, type: "beat.promised", intervalMs }];
}

it("beats that are added up in lots come to what the fold of each of them is, beside what messages told", () => {
  const lot = fc.record({ received: fc.nat({ max: 9 }), beats: fc.array(beat, { maxLength: 12 }) });
  fc.assert(
    fc.property(fc.array(lot, { maxLength: 5 }), fc.array(beat, { maxLength: 4 }), (lots, messages) => {
      const told = messages.flatMap((m, i) => events(m, 4, `m${i}`));
      const sums = joinSums(
        lots.map(({ received, beats }) => {
          const sum = new BeatSums(received as Instant);
          for (const { id, at, ...said } of beats) sum.add(id, at as Instant, said);
          return sum.all;
        }),
      );
      const all = [...told, ...lots.flatMap((l) => l.beats.flatMap((b) => events(b, l.received, "")))];
      for (const id of ["a", "b"]) {
        const own = (list: Event[]) => list.filter((e) => e.attemptId === id);
        const before = project(lifeProjection, lifeProjection.initial(id), own(told));
        const sum = sums.get(id);
        const after = project(lifeProjection, lifeProjection.initial(id), own(all));
        expect(sum ? withBeats(before, sum) : before).toEqual(after);
        expect(sum?.beats ?? 0).toBe(lots.flatMap((l) => l.beats).filter((b) => b.id === id).length);
      }
    }),
    { numRuns: 500 },
  );
});
