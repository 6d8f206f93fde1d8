/** Events in numbers, for tests that post them from many sides until something breaks. */
import { type Instant, toIso } from "../base/instant.ts";
import { messageIdOf } from "../server/ingest/accepted.ts";

const ORIGIN = Date.UTC(2026, 0, 31, 9, 0, 0);
/** Steps in each tree, each with a START, a RUNNING and an end. */
const STEPS = 8;

/** An event as it is posted, and the id that it is stored under. */
export interface Sent {
  readonly id: string;
  readonly body: string;
}

/** The events of the n-th tree: a root that plans its steps, and steps of which every third has a step below it. */
export function loadTree(tree: number): { root: string; events: Sent[] } {
  const id = (n: number) => `00000000-0000-4000-8000-${String(tree * 1_000 + n).padStart(12, "0")}`;
  const job = (name: string) => ({ namespace: "load", name });
  const above = (n: number) => (n > 3 && n % 3 === 0 ? n - 1 : 0);
  const nameOf = (n: number): string => (n === 0 ? "flow" : `${nameOf(above(n))}.s${n}`);
  const event = (second: number, eventType: string, n: number, facets: object = {}) => {
    const up = above(n);
    const parent = {
      run: { runId: id(up) },
      job: job(nameOf(up)),
      root: { run: { runId: id(0) }, job: job("flow") },
    };
    const json = {
      eventType,
      eventTime: toIso((ORIGIN + second * 1000) as Instant),
      run: { runId: id(n), facets: { ...facets, ...(n > 0 && { parent }) } },
      job: job(nameOf(n)),
      outputs: eventType === "COMPLETE" ? [{ namespace: "file", name: `/${tree}/${n}` }] : [],
    };
    return { id: messageIdOf(json), body: JSON.stringify(json) };
  };
  const steps = Array.from({ length: STEPS }, (_, i) => i + 1);
  const plan = { nodes: steps.map((n) => ({ key: `s${n}` })), edges: [{ from: "s1", to: "s2" }] };
  return {
    root: id(0),
    events: [
      event(0, "START", 0, { unstuck_plan: plan }),
      ...steps.flatMap((n) => [
        event(n, "START", n),
        event(n + 20, "RUNNING", n),
        event(n + 40, n % 5 === 0 ? "FAIL" : "COMPLETE", n),
      ]),
      event(99, "COMPLETE", 0),
    ],
  };
}

/** The events of so many trees, from the `first` on, mixed. */
export function mixedLoad(first: number, trees: number): Sent[] {
  return shuffled(Array.from({ length: trees }, (_, i) => loadTree(first + i).events).flat());
}

export function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}

/** Posts and gives the status; undefined where no answer came. Only headers that arrived are an answer. */
export async function statusOf(address: string, body: string): Promise<number | undefined> {
  return fetch(address, { method: "POST", body }).then(
    async (response) => {
      await response.arrayBuffer().catch(() => {});
      return response.status;
    },
    () => undefined,
  );
}

/** Does the work on each item, so many at once. */
export async function spread<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const todo = [...items];
  const next = async () => {
    for (let item = todo.pop(); item !== undefined; item = todo.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
