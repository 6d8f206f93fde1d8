import { expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { BeatSums } from "../../projections/beat-sum.ts";
import { CommitQueue } from "./commit-queue.ts";
import { StoreAwayError } from "./store-away.ts";

const AT = 1_000 as Instant;

/** A request of so many items, each of so many beats, by which it is known again. */
function request(beats: number, items: number) {
  const all = new BeatSums(AT);
  for (let beat = 0; beat < beats; beat++) all.add("attempt", AT, {});
  return Array.from({ length: items }, () => ({ beats: { sums: all.all } }));
}

/** A queue whose transactions take a turn, and what each of them held. */
function queueOf(batchItems: number, batchBytes = 1e9) {
  const held: string[] = [];
  const queue = new CommitQueue({
    commit: async (_, beats) => {
      const of = Map.groupBy(beats, ({ sums }) => sums[0]?.beats);
      held.push([...of].map(([known, items]) => `${items.length} of ${known}`).join(", "));
      await new Promise((done) => setTimeout(done, 1));
    },
    lingerMs: 0,
    batchItems,
    batchBytes,
    capacityBytes: 1e9,
  });
  return { queue, held };
}

it("takes what was sent alone into the next transaction, whatever else is in line", async () => {
  const { queue, held } = queueOf(1_000);
  const batches = [1, 2, 3].map((n) => queue.add(request(n, 500)));
  await Promise.all([...batches, queue.add(request(4, 1)), queue.add(request(5, 1))]);
  expect(held).toEqual(["500 of 1, 1 of 4, 1 of 5", "500 of 2, 500 of 3"]);
});

it("takes first what waited longest, however much is sent alone, and no more than a transaction holds", async () => {
  const { queue, held } = queueOf(3);
  const alone = [1, 2, 3, 4].map((n) => queue.add(request(n, 1)));
  const batch = queue.add(request(5, 3));
  await Promise.all([...alone, batch, ...[6, 7].map((n) => queue.add(request(n, 1)))]);
  expect(held).toEqual(["1 of 1, 1 of 2, 1 of 3", "1 of 4, 1 of 6, 1 of 7", "3 of 5"]);
});

it("takes what is heavier than a transaction should be by itself", async () => {
  const { queue, held } = queueOf(10, 1_000);
  await Promise.all([queue.add(request(25, 1)), queue.add(request(2, 2)), queue.add(request(3, 1))]);
  expect(held).toEqual(["1 of 25", "2 of 2", "1 of 3"]);
});

it.each([
  [
    "finds out which of them spoils a transaction",
    new Error("unreadable"),
    ["3", "2", "1", "1", "1"],
    [1, 3],
  ],
  ["tries none of them alone where the store is away", new StoreAwayError("refused"), ["3"], []],
])("%s", async (_, error, tried, stored) => {
  const tries: string[] = [];
  const queue = new CommitQueue({
    commit: async (_, beats) => {
      tries.push(String(beats.length));
      if (error instanceof StoreAwayError || beats.some(({ sums }) => sums[0]?.beats === 2)) throw error;
    },
    ...{ lingerMs: 0, batchItems: 10, batchBytes: 1e9, capacityBytes: 1e9 },
  });
  const settled = await Promise.allSettled([1, 2, 3].map((n) => queue.add(request(n, 1))));
  expect(tries).toEqual(tried);
  expect(settled.flatMap(({ status }, i) => (status === "fulfilled" ? [i + 1] : []))).toEqual(stored);
  expect(queue.depthBytes).toBe(0);
});
