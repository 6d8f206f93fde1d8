/** The longest text that is kept of one field of an event, in UTF-16 code units. */
export const LONGEST_TEXT = 4_000;

/** What cannot be shown or stored is replaced by this, the sign that Unicode has for it. */
const REPLACEMENT = "\uFFFD";

/**
 * A text as Postgres can hold it in jsonb: no NUL, no half of a surrogate pair, not longer than `longest` code units.
 * The verbatim message is kept elsewhere; this is for what is derived from it.
 */
export function storableText(text: string, longest: number = LONGEST_TEXT): string {
  const cut = text.length > longest ? text.slice(0, longest) : text;
  const clean = cut.includes("\0") ? cut.replaceAll("\0", REPLACEMENT) : cut;
  return clean.isWellFormed() ? clean : clean.toWellFormed();
}

/**
 * The same value with all its texts, keys included, made storable. Recursive: only for values of our own making. What
 * needs nothing, which is nearly all, is not copied.
 */
export function storable<T>(value: T): T {
  return isStorable(value) ? value : (clean(value) as T);
}

function isStorable(value: unknown): boolean {
  if (typeof value === "string")
    return value.length <= LONGEST_TEXT && !value.includes("\0") && value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  for (const key of Object.keys(value))
    if (!isStorable(key) || !isStorable(Reflect.get(value, key))) return false;
  return true;
}

function clean(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  // fromEntries defines properties and sets no prototype, whatever a key is called.
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), clean(inner)]));
}
