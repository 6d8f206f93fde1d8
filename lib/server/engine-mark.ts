import { processWide } from "./process-wide.ts";

const holder = () => processWide<{ mark?: string }>("engine-mark", () => ({}));

/**
 * What this process answers by: answers of any other engine are not its own. Undefined where that is not known: where
 * Next runs alone, whose build may be of other sources, and while pages reload as their sources are written.
 */
export function engineMark(): string | undefined {
  return holder().mark;
}

/** Says by what this process answers; undefined where that is not known any more. */
export function setEngineMark(mark: string | undefined): void {
  if (mark === undefined) delete holder().mark;
  else holder().mark = mark;
}
