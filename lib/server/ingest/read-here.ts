import { badArray, type Part, type PartRead, readPart } from "./read-part.ts";

/** Reads a part in this thread, each event when it is asked for. */
export async function readHere(part: Part): Promise<PartRead> {
  const bad = part.form === "array" ? badArray(part.bytes) : undefined;
  return bad ? nothing(bad) : readPart(part);
}

// biome-ignore lint/correctness/useYield: a part of which nothing can be read has no events.
function* nothing(bad: NonNullable<ReturnType<typeof badArray>>): PartRead {
  return bad;
}
