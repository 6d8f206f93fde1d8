/** What the production server holds in memory before, while and after it takes in very many events. */
import { setTimeout as sleep } from "node:timers/promises";
import { residentBytes } from "../processes.ts";
import type { Row } from "../row.ts";
import type { Sizes } from "../sizes.ts";
import type { Stage } from "../stage.ts";
import { acknowledged } from "./ingest.ts";
import { settle } from "./settle.ts";

const LOOK_EVERY = 200;
/** Rest after the last diagnosis, in which what is not needed any more is let go of. */
const REST = 10_000;
const MIB = 1024 ** 2;

export async function memoryRows(stage: Stage, sizes: Sizes, at: number): Promise<Row[]> {
  const database = await stage.database();
  const server = await stage.productServer(database);
  const url = `${server.url}/api/v1/lineage/batch`;
  const pace = { kind: "closed", connections: 2 } as const;
  const batches = (firstRun: number, count: number) =>
    ({ kind: "batches", form: "lines", size: 1_000, firstRun, count, at, late: true }) as const;
  await acknowledged(stage.send({ url, pace, bodies: batches(0, sizes.warmUp) }, server));
  await settle(database);
  const start = await residentBytes(server.pid);
  let peak = start.now;
  const look = setInterval(() => {
    void residentBytes(server.pid).then(
      ({ now }) => {
        peak = Math.max(peak, now);
      },
      () => {},
    );
  }, LOOK_EVERY);
  let sent: Awaited<ReturnType<typeof acknowledged>>;
  try {
    sent = await acknowledged(
      stage.send({ url, pace, bodies: batches(1_000_000, sizes.memoryEvents) }, server),
    );
    await settle(database);
    await sleep(REST);
  } finally {
    clearInterval(look);
  }
  const end = await residentBytes(server.pid);
  await server.end();
  const mib = (bytes: number) => ({ value: bytes / MIB, unit: "MiB" });
  const reference = { ...mib(start.now), what: `after ${sizes.warmUp.toLocaleString("en-US")} events` };
  const events = `${sizes.memoryEvents.toLocaleString("en-US")} events`;
  const rate = Math.round(sent.taken / sent.seconds);
  return [
    { group: "memory", what: `resident after ${events}`, measured: mib(end.now), reference },
    {
      group: "memory",
      what: "resident at most meanwhile",
      measured: mib(Math.max(peak, end.now)),
      reference,
      notes: [`looked at five times a second; ${rate} events/s, diagnoses and pages in the same process`],
    },
  ];
}
