import type { JobRef } from "./event.ts";

/** A job as one text, by which it is looked up. No id of an attempt has a line break. */
export function jobId({ namespace, name }: JobRef): string {
  return `${namespace}\n${name}`;
}
