/** Events: one by one, in batches, at a steady pace; and what Postgres and HTTP could do at best. */
import type { MeasuredDatabase } from "../../lib/testing/measured-postgres.ts";
import { eventStream } from "../events/stream.ts";
import type { Bodies, Outcome } from "../load/load.ts";
import type { Row } from "../row.ts";
import type { Sizes } from "../sizes.ts";
import type { Cores, Server, Stage } from "../stage.ts";
import { settle } from "./settle.ts";

const CONNECTIONS = 32;
const BATCH = 1_000;
const PER_SECOND = 500;
/** Connections that send batches: enough to keep the server busy while an answer is on its way. */
const BATCH_CONNECTIONS = 4;
/** Runs apart in number, so that none is sent twice. */
const APART = 1_000_000;

type Sent = Outcome & { readonly cores: Cores };

export async function ingestRows(stage: Stage, sizes: Sizes, at: number): Promise<Row[]> {
  const database = await stage.database();
  const server = await stage.ingestServer(database);
  const bare = await stage.bareServer();
  const singles = (turn: number, count: number): Bodies => ({
    kind: "events",
    firstRun: turn * APART,
    count,
    at,
  });
  const closed = { kind: "closed", connections: CONNECTIONS } as const;
  const one = { url: `${server.url}/api/v1/lineage`, pace: closed };

  await acknowledged(stage.send({ ...one, bodies: singles(0, sizes.warmUp) }, server));
  await settle(database);
  const counted = await database.counts();
  const stored = await database.number("SELECT count(*) FROM message");
  const single = await acknowledged(stage.send({ ...one, bodies: singles(1, sizes.singles) }, server));
  const after = await database.counts();
  const now = await database.number("SELECT count(*) FROM message");
  if (now - stored !== single.taken)
    throw new Error(`${single.taken} events were acknowledged, ${now - stored} are stored.`);
  const bareSingle = await acknowledged(
    stage.send({ url: bare.url, pace: closed, bodies: singles(1, sizes.singles) }, bare),
  );

  const rows: Row[] = [
    {
      group: "ingest",
      what: `single-event POSTs, ${CONNECTIONS} connections`,
      measured: perSecond(single),
      reference: { ...perSecond(bareSingle), what: "a server that only answers" },
      notes: [
        coresText(single),
        `p50 ${ms(single.latencyMs.p50)}, p99 ${ms(single.latencyMs.p99)}; ${kb(single)} kB an event; ` +
          "the goal, ≥ 10 × Marquez, is measured by bench:marquez",
      ],
    },
    {
      group: "ingest",
      what: "statements for an event posted alone",
      measured: { value: (after.statements - counted.statements) / single.taken, unit: "statements" },
      notes: [
        `all that Postgres executed meanwhile, diagnoses and the job queue included; ` +
          `${((after.transactions - counted.transactions) / single.taken).toFixed(3)} transactions an event`,
      ],
    },
    ...(await steadyRows(stage, server, bare, singles(2, PER_SECOND * sizes.steadySeconds), database)),
    ...(await batchRows(stage, server, database, sizes, at)),
  ];
  await Promise.all([server.end(), bare.end()]);
  return rows;
}

async function steadyRows(
  stage: Stage,
  server: Server,
  bare: Server,
  bodies: Bodies,
  database: MeasuredDatabase,
): Promise<Row[]> {
  await settle(database);
  const pace = { kind: "steady", perSecond: PER_SECOND } as const;
  const steady = await acknowledged(
    stage.send({ url: `${server.url}/api/v1/lineage`, pace, bodies }, server),
  );
  const bareSteady = await acknowledged(stage.send({ url: bare.url, pace, bodies }, bare));
  const row = (what: "p50" | "p99"): Row => ({
    group: "ingest",
    what: `${what} at ${PER_SECOND} events/s`,
    measured: { value: steady.latencyMs[what], unit: "ms" },
    reference: { value: bareSteady.latencyMs[what], unit: "ms", what: "a server that only answers" },
    ...(what === "p99" && {
      goal: { of: "measured", is: "at most", limit: 250 },
      notes: [
        `from when each was meant to be sent; ${Math.round(steady.taken / steady.seconds)} events/s were ` +
          `reached, the longest took ${ms(steady.latencyMs.max)}`,
        coresText(steady),
      ],
    }),
  });
  return [row("p50"), row("p99")];
}

async function batchRows(
  stage: Stage,
  server: Server,
  database: MeasuredDatabase,
  sizes: Sizes,
  at: number,
): Promise<Row[]> {
  const sent: { form: "array" | "lines"; outcome: Sent }[] = [];
  const send = (form: "array" | "lines", turn: number, count: number): Promise<Sent> => {
    const bodies = { kind: "batches", form, size: BATCH, firstRun: turn * APART, count, at } as const;
    const pace = { kind: "closed", connections: BATCH_CONNECTIONS } as const;
    return acknowledged(stage.send({ url: `${server.url}/api/v1/lineage/batch`, pace, bodies }, server));
  };
  // The threads that read batches begin with the first, and have their code compiled while they read: for longer than
  // a few batches take.
  const first = await send("array", 6, sizes.batched);
  await send("lines", 7, sizes.batched);
  for (const form of ["array", "lines"] as const) {
    await settle(database);
    sent.push({ form, outcome: await send(form, form === "array" ? 3 : 4, sizes.batched) });
  }
  await settle(database);
  await database.rows("CREATE TABLE bare (body text)");
  await database.rows("CHECKPOINT");
  const seconds = await database.copy("bare", "body", bodyTexts(5 * APART, sizes.batched, at));
  const copy = { value: sizes.batched / seconds, unit: "events/s", what: "COPY into one table" };
  return sent.map(({ form, outcome }) => ({
    group: "ingest",
    what: `batches of ${BATCH} as ${form === "array" ? "an array" : "NDJSON"}`,
    measured: perSecond(outcome),
    reference: copy,
    goal: { of: "ratio", is: "at least", limit: 0.5 },
    notes: [
      coresText(outcome),
      `${BATCH_CONNECTIONS} connections; a batch took ${ms(outcome.latencyMs.p50)}, at most ${ms(outcome.latencyMs.max)}`,
      `after as many of each form that are not measured; the first ones that the server had were an array each, ` +
        `and came at ${Math.round(first.taken / first.seconds)} events/s`,
    ],
  }));
}

function* bodyTexts(firstRun: number, count: number, at: number): Generator<string> {
  for (const event of eventStream(firstRun, count, at)) yield JSON.stringify(event);
}

/** A load of which something was refused measures nothing. */
export async function acknowledged(sending: Promise<Sent>): Promise<Sent> {
  const outcome = await sending;
  if (outcome.refused > 0) throw new Error(`${outcome.refused} were not acknowledged: ${outcome.complaint}`);
  return outcome;
}

function perSecond({ taken, seconds }: Sent) {
  return { value: taken / seconds, unit: "events/s" };
}

export function coresText({ cores }: Sent): string {
  const text = (value: number) => value.toFixed(2);
  return `cores: server ${text(cores.server)}, Postgres ${text(cores.postgres)}, generator ${text(cores.generator)}`;
}

function ms(value: number): string {
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)} ms`;
}

function kb({ bytes, taken }: Sent): string {
  return (bytes / taken / 1000).toFixed(1);
}
