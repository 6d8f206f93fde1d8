/** A thread that reads parts of batches, one after the other (`batch-threads.ts`). */
import { parentPort } from "node:worker_threads";
import { standBehind } from "../stand-behind.ts";
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

standBehind();

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
