import { afterAll, expect, it } from "vitest";
import { testDatabase } from "../testing/postgres.ts";
import { openDatabase } from "./database.ts";
import { readDeaf, sayListening } from "./listening.ts";

const { url } = await testDatabase();
const db = openDatabase(url);
afterAll(() => db.$disconnect());

it("knows of the last time when no server was there, and of none before the first word", async () => {
  expect(await readDeaf(db)).toBeUndefined();
  await sayListening(db);
  await sayListening(db);
  expect(await readDeaf(db)).toBeUndefined();

  // As it is an hour after the last word of the last server.
  await db.$executeRaw`UPDATE listening SET since = since - interval '2 hours', seen_at = seen_at - interval '1 hour'`;
  const { seenAt } = await db.listening.findUniqueOrThrow({ where: { id: 1 } });
  await sayListening(db);
  const deaf = await readDeaf(db);
  expect(deaf?.from).toBe(seenAt.getTime());
  const { since } = await db.listening.findUniqueOrThrow({ where: { id: 1 } });
  expect(deaf?.to).toBe(since.getTime());
  expect(since.getTime() - seenAt.getTime()).toBeGreaterThanOrEqual(3_600_000);

  // Nothing of it is forgotten, or made longer, by the next word.
  await sayListening(db);
  expect(await readDeaf(db)).toEqual(deaf);
});
