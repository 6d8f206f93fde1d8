/** How deep a value may be nested until it is written with a stack of our own: the call stack has room for many times more. */
const RECURSION = 200;

/**
 * Writes a JSON value in the one form that all writings of it share: keys in the order of their code units, no white
 * space, numbers as JavaScript writes them. Two bodies with the same content give the same text, which makes a hash of
 * it a name for the content. A body may be nested deeper than the call stack is.
 */
export function canonicalJson(value: unknown): string {
  return write(value, false, RECURSION);
}

/**
 * The same of a JSON text and what was parsed from it, in three quarters of the time: where the text has no backslash
 * none of its strings needs one, and most have none. The text is one that was read from UTF-8, so that it has no halves of characters.
 */
export function canonicalJsonOf(text: string, parsed: unknown): string {
  return write(parsed, !text.includes("\\"), RECURSION);
}

/** Each event that comes in is written so once: this is the quickest way that was found, six times that of a stack. */
function write(value: unknown, isPlain: boolean, room: number): string {
  if (typeof value === "string") return isPlain ? `"${value}"` : quoted(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (room === 0) return writeDeep(value);
  let text = "";
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) text += (i > 0 ? "," : "[") + write(value[i], isPlain, room - 1);
    return text === "" ? "[]" : `${text}]`;
  }
  const object = value as { readonly [key: string]: unknown };
  const { order, heads } = writingOf(Object.keys(object));
  for (let i = 0; i < order.length; i++) {
    const item = object[order[i] ?? ""];
    if (item === undefined) continue; // JSON has no word for it, as in JSON.stringify.
    text += (text === "" ? "{" : ",") + heads[i] + write(item, isPlain, room - 1);
  }
  return text === "" ? "{}" : `${text}}`;
}

/** What JSON writes otherwise than it is. To look costs less than to have a text written that needs nothing. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u;

function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** How objects with the same keys in the same order are written: the keys in their order, and each as it is written. */
interface Writing {
  readonly keys: readonly string[];
  readonly order: readonly string[];
  readonly heads: readonly string[];
}

/** Of how many last keys writings are kept, and how many of each. Producers have few kinds of object, and send them often. */
const LAST_KEYS = 500;
const KEPT_EACH = 8;
/** Objects with more keys than this, or longer ones, are not remembered: theirs are seldom the same twice. */
const MOST_KEYS = 32;
const LONGEST_KEY = 64;

const known = new Map<string, Writing[]>();

/** Sorting the keys is most of the work, so it is done once for all objects of a kind. */
function writingOf(keys: readonly string[]): Writing {
  const last = keys.at(-1) ?? "";
  const alike = known.get(last) ?? [];
  for (const writing of alike) if (areSame(writing.keys, keys)) return writing;
  // The default order of sort() is that of the code units, on every machine.
  const order = [...keys].sort();
  const made = { keys, order, heads: order.map((key) => `${JSON.stringify(key)}:`) };
  if (keys.length > MOST_KEYS || keys.some((key) => key.length > LONGEST_KEY)) return made;
  if (alike.length > 0 && alike.length < KEPT_EACH) alike.push(made);
  else {
    if (known.size >= LAST_KEYS) known.clear();
    known.set(last, [made]);
  }
  return made;
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}

/** Work that is left to do: a text to be written as it is, or a value to be written. */
type Task = { readonly text: string } | { readonly value: unknown };

const text = (written: string): Task => ({ text: written });

function writeDeep(value: unknown): string {
  const parts: string[] = [];
  const todo: Task[] = [{ value }];
  for (let task = todo.pop(); task !== undefined; task = todo.pop()) {
    if ("text" in task) parts.push(task.text);
    else if (Array.isArray(task.value)) pushReversed(todo, ofArray(task.value));
    else if (typeof task.value === "object" && task.value !== null) pushReversed(todo, ofObject(task.value));
    else parts.push(JSON.stringify(task.value) ?? "null");
  }
  return parts.join("");
}

function ofArray(items: readonly unknown[]): Task[] {
  const tasks = [text("[")];
  for (let i = 0; i < items.length; i++) {
    if (i > 0) tasks.push(text(","));
    tasks.push({ value: items[i] });
  }
  tasks.push(text("]"));
  return tasks;
}

function ofObject(object: object): Task[] {
  const entries = new Map<string, unknown>(Object.entries(object));
  const tasks = [text("{")];
  for (const key of [...entries.keys()].sort()) {
    const value = entries.get(key);
    if (value === undefined) continue;
    if (tasks.length > 1) tasks.push(text(","));
    tasks.push(text(`${JSON.stringify(key)}:`), { value });
  }
  tasks.push(text("}"));
  return tasks;
}

/** The last one pushed is the next one done. One by one: an array may be longer than a call has room for arguments. */
function pushReversed(todo: Task[], tasks: readonly Task[]): void {
  for (let i = tasks.length - 1; i >= 0; i--) {
    const task = tasks[i];
    if (task) todo.push(task);
  }
}
