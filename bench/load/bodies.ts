import { eventStream } from "../events/stream.ts";
import type { Bodies } from "./load.ts";

/** A body that is ready to be sent, and how many events or beats it holds. */
export interface Body {
  readonly bytes: Buffer;
  readonly type: string;
  readonly items: number;
}

/** Whether bodies are made when it is their turn: they are many, and each is quickly made. */
export function isLate(bodies: Bodies): boolean {
  return bodies.kind === "beats" || (bodies.kind === "batches" && bodies.late === true);
}

export function* makeBodies(bodies: Bodies): Generator<Body> {
  switch (bodies.kind) {
    case "events":
      for (const event of eventStream(bodies.firstRun, bodies.count, bodies.at))
        yield { bytes: Buffer.from(JSON.stringify(event)), type: "application/json", items: 1 };
      return;
    case "batches":
      yield* batches(bodies);
      return;
    case "beats":
      yield* beats(bodies);
  }
}

function* batches(bodies: Extract<Bodies, { kind: "batches" }>): Generator<Body> {
  const asLines = bodies.form === "lines";
  const type = asLines ? "application/x-ndjson" : "application/json";
  let texts: string[] = [];
  const take = (): Body => {
    const text = asLines ? texts.join("\n") : `[${texts.join(",")}]`;
    const body = { bytes: Buffer.from(text), type, items: texts.length };
    texts = [];
    return body;
  };
  for (const event of eventStream(bodies.firstRun, bodies.count, bodies.at)) {
    texts.push(JSON.stringify(event));
    if (texts.length === bodies.size) yield take();
  }
  if (texts.length > 0) yield take();
}

/** The run id of the n-th attempt that beats. */
export function beatingId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

/** When the n-th attempt beats for the turn-th time, ms from the first: it sleeps for 10 s and then works for some milliseconds. */
function beatAfter(n: number, turn: number): number {
  const work = n % 20;
  const noise = (turn * 7_919 + n * 104_729) % 16;
  return (n % 10_000) + turn * (10_000 + work) + noise;
}

function* beats(bodies: Extract<Bodies, { kind: "beats" }>): Generator<Body> {
  for (let turn = 0; turn < bodies.turns; turn += 1) {
    for (let first = 0; first < bodies.attempts; first += bodies.size) {
      const count = Math.min(bodies.size, bodies.attempts - first);
      const list = Array.from({ length: count }, (_, i) => ({
        runId: beatingId(first + i),
        at: new Date(bodies.at + beatAfter(first + i, turn)).toISOString(),
        interval: 10,
        sequence: turn,
        progress: { done: turn, total: bodies.turns, unit: "batches" },
        cpuSeconds: turn * 9.5,
        rssBytes: 734_003_200 + turn,
      }));
      yield { bytes: Buffer.from(JSON.stringify({ beats: list })), type: "application/json", items: count };
    }
  }
}
