import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { afterAll, expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { BatchThreads } from "./batch-threads.ts";
import { readHere } from "./read-here.ts";
import type { Part, PartRead } from "./read-part.ts";

const DEADLY = "the end of a thread";
const reader = new URL("./part-reader.ts", import.meta.url);
/** A reader that dies of a certain text. */
const mortal = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", ({ part }) => {
      if (Buffer.from(part.bytes).includes("${DEADLY}")) process.exit(7);
    });
    await import(${JSON.stringify(reader.href)});`)}`,
);
const threads = new BatchThreads(1);
const mortals = new BatchThreads(1, mortal);
afterAll(() => Promise.all([threads.close(), mortals.close()]));

/** A part that is worth a thread. */
function lines(word: string, count = 300): Part {
  const line = (i: number) =>
    JSON.stringify({
      eventType: "START",
      eventTime: "2026-01-31T09:30:00Z",
      run: { runId: `${word} ${i}` },
      job: { namespace: "test", name: "threads", facets: { filler: "x".repeat(200) } },
    });
  const text = Array.from({ length: count }, (_, i) => line(i)).join("\n");
  return { form: "lines", bytes: new Uint8Array(Buffer.from(text)), receivedAt: 1_000 as Instant };
}

const runs = (read: PartRead) => [...read].map((e) => ("message" in e ? e.message.attemptId : undefined));

it("reads in threads what is large, and several parts at once", { timeout: 30_000 }, async () => {
  const words = ["a", "b", "c"];
  const expected = await Promise.all(words.map(async (word) => runs(await readHere(lines(word)))));
  const given = words.map((word) => lines(word));
  const read = await Promise.all(given.map((part) => threads.read(part)));
  // Handed over, not copied: so it was another thread that read them.
  expect(given.map(({ bytes }) => bytes.length)).toEqual([0, 0, 0]);
  expect(read.map(runs)).toEqual(expected);
  const small = lines("small", 3);
  expect(runs(await threads.read(small))).toHaveLength(3);
  expect(small.bytes.length).toBeGreaterThan(0);
});

it.runIf(process.platform === "linux")("reads behind all else that the process does", async () => {
  await threads.read(lines("last"));
  const own = getPriority();
  // The nineteenth field is how nice a thread is; the second may hold blanks.
  const niceness = readdirSync("/proc/self/task").map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
  });
  expect(niceness.filter((nice) => nice === own + 5)).toHaveLength(1);
  expect(niceness.filter((nice) => nice === own).length).toBeGreaterThan(1);
});

it("reads here where no threads are wanted", async () => {
  const part = lines("none");
  expect(runs(await new BatchThreads(0).read(part))).toHaveLength(300);
  expect(part.bytes.length).toBeGreaterThan(0);
});

it("fails what a thread was given that dies, and reads the next part in a new one", {
  timeout: 30_000,
}, async () => {
  expect(runs(await mortals.read(lines("before")))).toHaveLength(300);
  const lost = [mortals.read(lines(DEADLY)), mortals.read(lines("behind it"))];
  for (const settled of await Promise.allSettled(lost))
    expect(settled).toMatchObject({
      status: "rejected",
      reason: { name: "ThreadLostError", message: "a thread that reads batches ended: exit code 7" },
    });
  expect(runs(await mortals.read(lines("after")))).toHaveLength(300);
});
