import { ENTRY_KINDS, type Entry } from "@/components/palette/entry";

/** What was chosen last, newest first. Kept by the browser; nothing depends on it. */
const STORED = "unstuck.recent";
const MOST = 6;

export type Recent = Pick<Entry, "id" | "kind" | "label" | "hint" | "href">;

/** The list with one more choice at its head. */
export function withRecent(list: readonly Recent[], { id, kind, label, hint, href }: Entry): Recent[] {
  return [{ id, kind, label, hint, href }, ...list.filter((other) => other.id !== id)].slice(0, MOST);
}

/** Reads what was stored; whatever is none of ours is left out. */
export function parseRecent(text: string | null): Recent[] {
  if (text === null) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter(isRecent).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== "object" || value === null) return false;
  const has = (name: string) => name in value && typeof (value as Record<string, unknown>)[name] === "string";
  const { kind, href } = value as Record<string, unknown>;
  if (!has("id") || !has("label") || !ENTRY_KINDS.some((known) => known === kind)) return false;
  // A link that leads out of here is none that we kept.
  return href === undefined || (typeof href === "string" && /^\/(?!\/)/.test(href));
}

export function readRecent(): Recent[] {
  try {
    return parseRecent(localStorage.getItem(STORED));
  } catch {
    return [];
  }
}

export function keepRecent(entry: Entry): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(withRecent(readRecent(), entry)));
  } catch {
    // Storage may be forbidden; the palette then remembers nothing.
  }
}
