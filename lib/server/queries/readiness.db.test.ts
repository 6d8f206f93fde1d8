import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { openDatabase } from "../database.ts";
import { readReadiness } from "./readiness.ts";

const { url } = await testDatabase();

it("is ready once the migrations and the job queue's tables are there", async () => {
  const db = openDatabase(url);
  expect(await readReadiness(db)).toEqual({ ready: false, reason: "the job queue has no tables yet" });
  await prepareJobs(url);
  expect(await readReadiness(db)).toEqual({ ready: true, reason: null });
  await db.$executeRaw`UPDATE _prisma_migrations SET finished_at = NULL`;
  expect(await readReadiness(db)).toEqual({ ready: false, reason: "a migration has not finished" });
  await db.$disconnect();
});

it("is not ready where nobody answers, or somebody listens and says nothing", async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket.on("error", () => {})));
  await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
  const { port } = silent.address() as AddressInfo;
  const reason = "the database does not answer";
  const listening = openDatabase(`postgresql://nobody@127.0.0.1:${port}/nothing`);
  expect(await readReadiness(listening, 100)).toEqual({ ready: false, reason });
  for (const socket of sockets) socket.destroy();
  silent.close();
  const closed = openDatabase("postgresql://nobody@127.0.0.1:1/nothing");
  expect(await readReadiness(closed)).toEqual({ ready: false, reason });
});
