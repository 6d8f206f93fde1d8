/** Work that is left to do: a text to be written as it is, or a value to be written. */
type Task = { readonly text: string } | { readonly value: unknown };

const text = (written: string): Task => ({ text: written });

/**
 * Writes a JSON value in the one form that all writings of it share: keys in the order of their code units, no white
 * space, numbers as JavaScript writes them. Two bodies with the same content give the same text, which makes a hash of
 * it a name for the content. It keeps its own stack, since a body may be nested deeper than the call stack is.
 */
export function canonicalJson(value: unknown): string {
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
  // The default order of sort() is that of the code units, on every machine.
  for (const key of [...entries.keys()].sort()) {
    const value = entries.get(key);
    if (value === undefined) continue; // JSON has no word for it, as in JSON.stringify.
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
