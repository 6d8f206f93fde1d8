/** How a changed component of a cache key is put into words. */
import type { ComponentDiff } from "./compare-past.ts";
import { code } from "./wording.ts";

/** `its code`, `its parameter `lr``. */
export function componentOf(diff: ComponentDiff): string {
  return diff.kind === diff.name ? `its ${diff.kind}` : `its ${diff.kind} ${code(diff.name)}`;
}

/** `changed from `a` to `b``, `is new: `b``, `is gone; it was `a``. */
export function changeOf(diff: ComponentDiff): string {
  if (diff.before === null) return `is new: ${code(short(diff.now ?? ""))}`;
  if (diff.now === null) return `is gone; it was ${code(short(diff.before))}`;
  return `changed from ${code(short(diff.before))} to ${code(short(diff.now))}`;
}

/** A digest is told apart by its beginning; a value may be a page long. */
function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
