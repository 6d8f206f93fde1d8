/** Heartbeats in batches: how many a second, and what one of them costs on disk. */
import { bucketsOf } from "../../lib/base/bitmap.ts";
import { unpackLife } from "../../lib/projections/packed-life.ts";
import type { MeasuredDatabase } from "../../lib/testing/measured-postgres.ts";
import { type Json, type Named, Voice } from "../events/parts.ts";
import { beatingId } from "../load/bodies.ts";
import type { Bodies } from "../load/load.ts";
import { postEvents } from "../post.ts";
import type { Row } from "../row.ts";
import type { Sizes } from "../sizes.ts";
import type { Stage } from "../stage.ts";
import { acknowledged, coresText } from "./ingest.ts";
import { settle } from "./settle.ts";

const CONNECTIONS = 8;
const INTERVAL = 10;
const PER_RUN = 40;
const PER_BODY = 2_000;
const HOUR = 3_600;
const voice = new Voice("integration/trainer");

/** The tables that beats are written to. */
const WRITTEN = ["attempt", "beat_chunk", "life_sign"];

export async function beatRows(stage: Stage, sizes: Sizes): Promise<Row[]> {
  const database = await stage.database();
  const server = await stage.ingestServer(database);
  const bare = await stage.bareServer();
  const seconds = sizes.beatHours * HOUR;
  const began = Math.floor((Date.now() / 1000 - seconds) / HOUR) * HOUR * 1000;
  await postEvents(server.url, starts(sizes.beatingAttempts, began));
  await settle(database);
  const before = await bytesTaken(database);
  const bodies: Bodies = {
    kind: "beats",
    attempts: sizes.beatingAttempts,
    turns: seconds / INTERVAL,
    size: Math.min(PER_BODY, sizes.beatingAttempts),
    at: began,
  };
  const pace = { kind: "closed", connections: CONNECTIONS } as const;
  const url = `${server.url}/api/v1/heartbeats`;
  const sent = await acknowledged(stage.send({ url, pace, bodies }, server));
  const bareSent = await acknowledged(stage.send({ url: bare.url, pace, bodies }, bare));
  await settle(database);
  const kept = await beatsKept(database);
  if (kept < sent.taken) throw new Error(`${sent.taken} beats were acknowledged, ${kept} are kept.`);
  const taken = await bytesTaken(database);
  await server.end();
  const perBeat = (of: keyof Taken) => (taken[of] - before[of]) / sent.taken;
  const text = (of: keyof Taken) => `${perBeat(of).toFixed(3)} B`;
  await bare.end();
  return [
    {
      group: "beats",
      what: `beats in bodies of ${bodies.size}, ${CONNECTIONS} connections`,
      measured: { value: sent.taken / sent.seconds, unit: "beats/s" },
      reference: {
        value: bareSent.taken / bareSent.seconds,
        unit: "beats/s",
        what: "a server that only answers",
      },
      goal: { of: "measured", is: "at least", limit: 50_000 },
      notes: [
        `${sizes.beatingAttempts} attempts, each every ${INTERVAL} s for ${sizes.beatHours} h`,
        `${coresText(sent)}; a body took ${Math.round(sent.latencyMs.p50)} ms, at most ${Math.round(sent.latencyMs.max)} ms`,
      ],
    },
    {
      group: "beats",
      what: "bytes on disk for a beat",
      measured: { value: perBeat("all"), unit: "B" },
      reference: { value: await bytesOfRow(database), unit: "B", what: "a row for each beat" },
      goal: { of: "measured", is: "at most", limit: 0.5 },
      notes: [
        `as Postgres left it, with all free space: ${text("rows")} of rows, ${text("indexes")} of indexes, the rest maps of free space`,
        `all else that was written meanwhile, mostly of verdicts, since hours of beats come late: ${text("others")}`,
      ],
    },
  ];
}

/** The attempts start before they beat, in runs of so many. */
function* starts(attempts: number, at: number): Generator<Json> {
  for (let first = 0; first < attempts; first += PER_RUN) {
    const job = { namespace: "trainer-prod", name: `training_${first / PER_RUN}` };
    const root: Named = { runId: beatingId(900_000_000 + first), job };
    yield voice.event({ type: "START", at, of: root, run: {}, jobFacets: {} });
    for (let n = first; n < Math.min(attempts, first + PER_RUN); n += 1) {
      const of = { runId: beatingId(n), job: { ...job, name: `${job.name}.train_${n - first}` } };
      yield voice.event({ type: "START", at, of, run: { parent: voice.parent(root, root) }, jobFacets: {} });
    }
  }
}

async function beatsKept(database: MeasuredDatabase): Promise<number> {
  const lives = await database.rows<{ id: string; signs: Uint8Array }>(
    "SELECT a.id, l.signs FROM life_sign l JOIN attempt a ON a.life_id = l.life_id",
  );
  const inLives = lives.map(({ id, signs }) => bucketsOf(unpackLife(id, signs).beats).length);
  const putAway = await database.number("SELECT coalesce(sum(bit_count(bits)), 0) FROM beat_chunk");
  return inLives.reduce((sum, count) => sum + count, putAway);
}

/** Bytes on disk of the tables that beats are written to, and of all others. */
interface Taken {
  readonly rows: number;
  readonly indexes: number;
  /** With the maps of free space and what is kept apart from its row. */
  readonly all: number;
  readonly others: number;
}

async function bytesTaken(database: MeasuredDatabase): Promise<Taken> {
  await database.rows("CHECKPOINT");
  const [taken] = await database.rows<{ [of in keyof Taken]: string }>(
    `SELECT sum(pg_relation_size(c.oid)) FILTER (WHERE c.relname = ANY($1)) AS rows,
       sum(pg_indexes_size(c.oid)) FILTER (WHERE c.relname = ANY($1)) AS indexes,
       sum(pg_total_relation_size(c.oid)) FILTER (WHERE c.relname = ANY($1)) AS all,
       sum(pg_total_relation_size(c.oid)) FILTER (WHERE c.relname <> ALL($1)) AS others
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'graphile_worker')`,
    [WRITTEN],
  );
  const { rows, indexes, all, others } = taken ?? {};
  return { rows: Number(rows), indexes: Number(indexes), all: Number(all), others: Number(others) };
}

/** What a beat would take as a row with its attempt and its time, found by attempt. */
async function bytesOfRow(database: MeasuredDatabase): Promise<number> {
  const count = 200_000;
  await database.rows(
    "CREATE TABLE bare_beat (attempt_id uuid, at timestamptz, PRIMARY KEY (attempt_id, at))",
  );
  await database.rows(
    `INSERT INTO bare_beat
     SELECT lpad(to_hex(n % 500), 32, '0')::uuid, now() + interval '10 seconds' * (n / 500) FROM generate_series(1, $1::int) n`,
    [count],
  );
  return (await database.number("SELECT pg_total_relation_size('bare_beat')")) / count;
}
