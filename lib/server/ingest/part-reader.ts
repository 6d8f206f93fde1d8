/** A thread that reads parts of batches, one after the other (`batch-threads.ts`). */
import { getPriority, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { type PackedPart, packPart } from "./packed-part.ts";
import type { Part } from "./read-part.ts";

export interface Order {
  readonly number: number;
  readonly part: Part;
}

export type Done = { readonly number: number } & (
  | { readonly packed: PackedPart }
  | { readonly failed: unknown }
);

/** How far this thread stands behind others where all want to run: it is given a third of what they are, as Linux weighs it. */
const BEHIND = 5;
const LAST = 19;

// What the main thread and Postgres do is waited for by all who sent something; what is read here only by whoever sent a
// batch. Linux does this to the one thread that asks; elsewhere it would be the whole process.
if (process.platform === "linux") {
  try {
    setPriority(Math.min(getPriority() + BEHIND, LAST));
  } catch {
    // Where that is forbidden it reads as one among others.
  }
}

parentPort?.on("message", ({ number, part }: Order) => {
  try {
    const packed = packPart(part);
    tell({ number, packed }, [packed.bodies.buffer]);
  } catch (failed) {
    tell({ number, failed }, []);
  }
});

function tell(done: Done, handedOver: ArrayBuffer[]): void {
  parentPort?.postMessage(done, handedOver);
}
