import { expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { readBeats } from "./read-beats.ts";

const NOW = Date.UTC(2026, 0, 31, 9, 30) as Instant;

it("takes ten thousand beats, and none of more", () => {
  const many = (count: number) => ({ beats: Array.from({ length: count }, () => ({ runId: "a" })) });
  expect(readBeats(many(10_000), NOW)).toMatchObject({
    accepted: 10_000,
    problems: [],
    sums: [{ beats: 10_000 }],
  });
  const { accepted, problems } = readBeats(many(10_001), NOW);
  expect(accepted).toBe(0);
  expect(problems).toMatchObject([{ path: "beats", reason: expect.stringContaining("10000") }]);
});

it("names no more than a thousand of what is bad, and takes all that is good", () => {
  const beats = Array.from({ length: 5_000 }, (_, i) => (i % 2 === 0 ? { runId: "a" } : { runId: i }));
  const { accepted, problems } = readBeats({ beats }, NOW);
  expect(accepted).toBe(2_500);
  expect(problems).toHaveLength(1_000);
});
