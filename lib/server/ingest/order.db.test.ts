import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { accepted, openLog } from "../../testing/open-log.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { derived, expectFolded } from "../../testing/stored-trees.ts";
import { copyOf, tries, type WireMessage, wireTrees } from "../../testing/wire-trees.ts";
import { prepareJobs } from "../background.ts";
import type { Accepted } from "./accepted.ts";

const { url } = await testDatabase();
const log = openLog(url);
beforeAll(() => prepareJobs(url));
afterAll(() => log.close());

let copies = 0;
/** The messages with ids that nothing else in the database has. */
function fresh(tree: readonly WireMessage[]): Accepted[] {
  copies += 1;
  return accepted(copyOf(tree, copies));
}

/** One way in which messages arrive: what comes together, one after the other. */
type Arrival = readonly (readonly Accepted[])[];

/**
 * Lets trees arrive at the same time: the first batches of all in one transaction, then their second ones, and so on.
 * No tree has a message in common with another, so that each has its own order and its own batches.
 */
async function arrive(arrivals: readonly Arrival[]): Promise<void> {
  const rounds = Math.max(...arrivals.map((batches) => batches.length));
  for (let round = 0; round < rounds; round += 1) {
    await log.append(arrivals.flatMap((batches) => batches[round] ?? []));
  }
}

/** All orders of a list. */
function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

/** Cuts a list into batches: bit i of `cuts` says that a new one begins behind the i-th item. */
function batched<T>(items: readonly T[], cuts: number): T[][] {
  const batches: T[][] = [[]];
  items.forEach((item, i) => {
    batches.at(-1)?.push(item);
    if ((cuts >> i) & 1 && i < items.length - 1) batches.push([]);
  });
  return batches;
}

/** The same message in another writing: keys in another order, other white space. It is still the same. */
function rewritten(tree: readonly WireMessage[]): WireMessage[] {
  return tree.map(({ json, receivedAt }) => ({
    json: Object.fromEntries(Object.entries(json).reverse()),
    receivedAt,
  }));
}

/** Lets each copy of a tree arrive in its own way, and expects of each what the pure folds make of the set. */
async function holds(arrivals: readonly Arrival[]): Promise<void> {
  await arrive(arrivals);
  for (const arrival of arrivals) await expectFolded(log.db, arrival.flat());
}

describe("a set of messages comes to the same", () => {
  it("in every order and every batching, where they are few", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(wireTrees({ size: 2, most: 4 }), async (tree) => {
        const batchings = 2 ** (tree.length - 1);
        const orders = permutations(tree.map((_, i) => i));
        await holds(
          orders.flatMap((order) =>
            Array.from({ length: batchings }, (_, cuts) => {
              const own = fresh(tree);
              return batched(
                order.flatMap((i) => own[i] ?? []),
                cuts,
              );
            }),
          ),
        );
      }),
      tries(12),
    );
  });

  it("in every order of five", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(wireTrees({ size: 3, most: 5 }), async (tree) => {
        const orders = permutations(tree.map((_, i) => i));
        await holds(
          orders.map((order, k) => {
            const own = fresh(tree);
            return batched(
              order.flatMap((i) => own[i] ?? []),
              // Each second order one by one, the others in batches of all kinds.
              k % 2 === 0 ? -1 : k,
            );
          }),
        );
      }),
      tries(12),
    );
  });

  it("in orders, batchings and repetitions as they come, where they are many", {
    timeout: 120_000,
  }, async () => {
    const arrivals = wireTrees({ size: 9 }).chain((tree) => {
      const all = [...tree.keys()];
      const way = fc.tuple(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.array(fc.tuple(fc.nat(all.length), fc.constantFrom(...all)), { maxLength: all.length }),
        fc.oneof(fc.constant(0), fc.constant(-1), fc.integer()),
      );
      return fc.tuple(fc.constant(tree), fc.array(way, { minLength: 12, maxLength: 12 }));
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async ([tree, ways]) => {
        await holds(
          ways.map(([order, again, cuts]) => {
            copies += 1;
            const copy = copyOf(tree, copies);
            const own = accepted(copy);
            const twins = accepted(rewritten(copy));
            const arriving = order.flatMap((i) => own[i] ?? []);
            for (const [place, i] of again) arriving.splice(place, 0, ...twins.slice(i, i + 1));
            return batched(arriving, cuts);
          }),
        );
      }),
      tries(25),
    );
  });

  it("whichever roots are named for a parent that says nothing itself", { timeout: 120_000 }, async () => {
    const root = fc.option(fc.constantFrom(5, 6, 7));
    await fc.assert(
      fc.asyncProperty(fc.tuple(root, root, root), async (roots) => {
        const tree = roots.map((top, n) => naming(n, 4, top));
        await holds(
          permutations(tree.map((_, i) => i)).map((order) => {
            const own = fresh(tree);
            return batched(
              order.flatMap((i) => own[i] ?? []),
              -1,
            );
          }),
        );
      }),
      tries(12),
    );
  });
});

describe("a rebuild", () => {
  it("comes to what has been caught up with, from what is there and from nothing", {
    timeout: 120_000,
  }, async () => {
    const before = await derived(log.db);
    expect(before.attempts.length).toBeGreaterThan(1_000);
    await log.rebuild();
    expect(await derived(log.db)).toEqual(before);
    await log.db.$executeRaw`TRUNCATE attempt, life_sign, beat_chunk, run`;
    await log.rebuild();
    expect(await derived(log.db)).toEqual(before);
  });
});

describe("a tree that contradicts itself comes to the same in every order", () => {
  // What was named as a parent or root once stays an attempt, also where another is named later.
  it("a producer that changes its mind of what is above an attempt", { timeout: 120_000 }, async () => {
    const arrivals = wireTrees({ size: 3, most: 5, moving: true });
    await fc.assert(
      fc.asyncProperty(arrivals, async (tree) => {
        const [one, other, last] = [fresh(tree), fresh(tree).reverse(), fresh(tree)];
        await holds([batched(one, -1), batched(other, -1), [last]]);
      }),
      { ...tries(60), endOnFailure: true },
    );
  });

  // One that hangs below a circle, and has a lesser id than all in it, stands for itself where it came last.
  it("parents that name each other in circles, with others below them", {
    timeout: 120_000,
  }, async () => {
    const up = fc.option(fc.nat({ max: 3 }));
    const graph = fc.tuple(up, up, up, up);
    await fc.assert(
      fc.asyncProperty(graph, async (ups) => {
        const tree = ups.map((up, n) => naming(n, up, null));
        await holds(
          permutations([0, 1, 2, 3]).map((order) => {
            const own = fresh(tree);
            return batched(
              order.flatMap((i) => own[i] ?? []),
              -1,
            );
          }),
        );
      }),
      { ...tries(60), endOnFailure: true },
    );
  });
});

/** The first message of an attempt, which names the one above it and a root, where there are any. */
function naming(n: number, up: number | null, top: number | null): WireMessage {
  const ref = (i: number) => ({
    run: { runId: `${i} of c0c0c0c0` },
    job: { namespace: "named", name: `j${i}` },
  });
  const parent = up === null ? {} : { parent: { ...ref(up), ...(top !== null && { root: ref(top) }) } };
  const { run, job } = ref(n);
  const json = {
    eventType: "START",
    eventTime: "2026-01-31T09:00:00Z",
    run: { ...run, facets: parent },
    job,
  };
  return { json, receivedAt: Date.UTC(2026, 0, 31, 9) as Instant };
}
