import { type AddressInfo, createServer } from "node:net";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { bitArray, byteaArray, instantArray, jsonArray, textArray, uuidArray } from "./binary-array.ts";
import { type Statement, Writer } from "./writer.ts";

const { url } = await testDatabase();
const writer = new Writer(url);
const reader = new pg.Client({ connectionString: url });
await reader.connect();
await reader.query("CREATE TABLE kept (n int PRIMARY KEY)");
afterAll(async () => {
  await writer.close();
  await reader.end();
});

const KEEP: Statement = { name: "keep", text: "INSERT INTO kept VALUES ($1)" };
const ME: Statement = { name: "me", text: "SELECT pg_backend_pid() AS pid" };
const kept = async () => (await reader.query("SELECT n FROM kept ORDER BY n")).rows.map((row) => row.n);

describe("Writer", () => {
  it("keeps all of a transaction, sent at once", async () => {
    await writer.transaction((session) => Promise.all([session.query(KEEP, [1]), session.query(KEEP, [2])]));
    expect(await kept()).toEqual([1, 2]);
  });

  it("keeps none of it where a statement fails, says what failed first, and goes on", async () => {
    const failed = writer.transaction(async (session) => {
      void session.query(KEEP, [3]).catch(() => {});
      void session.query(KEEP, [1]).catch(() => {});
      await session.query(KEEP, [4]);
    });
    await expect(failed).rejects.toThrow(/duplicate key/);
    expect(await kept()).toEqual([1, 2]);
    await writer.transaction((session) => session.query(KEEP, [3]));
    expect(await kept()).toEqual([1, 2, 3]);
  });

  it("fails where a statement failed that nobody waited for", async () => {
    const failed = writer.transaction(async (session) => {
      void session.query(KEEP, [1]).catch(() => {});
    });
    await expect(failed).rejects.toThrow(/duplicate key/);
  });

  it("keeps none of it where the work itself fails", async () => {
    const failed = writer.transaction(async (session) => {
      await session.query(KEEP, [9]);
      throw new Error("on second thoughts");
    });
    await expect(failed).rejects.toThrow("on second thoughts");
    expect(await kept()).toEqual([1, 2, 3]);
  });

  it("gives up where Postgres takes a connection and says nothing, and tries it anew the next time", async () => {
    let tries = 0;
    const silent = createServer(() => {
      tries += 1;
    });
    await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
    const { port } = silent.address() as AddressInfo;
    const waiting = new Writer(`postgresql://nobody@127.0.0.1:${port}/none`, 50);
    const begin = () => waiting.transaction((session) => session.query(ME, []));
    await expect(begin()).rejects.toThrow(/timeout/);
    await expect(begin()).rejects.toThrow(/timeout/);
    expect(tries).toBe(2);
    await waiting.close();
    silent.close();
  });

  it("does one transaction after the other", async () => {
    const seen: string[] = [];
    const step = (name: string) =>
      writer.transaction(async (session) => {
        seen.push(`${name} begins`);
        await session.query(ME, []);
        seen.push(`${name} ends`);
      });
    await Promise.all([step("a"), step("b")]);
    expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  it("fails where its connection is cut, and connects anew for the next", async () => {
    const cut = writer.transaction(async (session) => {
      await session.query(KEEP, [7]);
      const [me] = await session.query<{ pid: number }>(ME, []);
      await reader.query("SELECT pg_terminate_backend($1)", [me?.pid]);
      await session.query(KEEP, [8]);
    });
    await expect(cut).rejects.toThrow();
    await writer.transaction((session) => session.query(KEEP, [10]));
    expect(await kept()).toEqual([1, 2, 3, 10]);
  });

  it("carries bytes as they are", async () => {
    const given = [Buffer.from([0, 255, 92, 34]), Buffer.alloc(0), Buffer.from("ä")];
    const echo: Statement = { name: "echo", text: "SELECT * FROM unnest($1::bytea[]) AS b" };
    const back = await writer.transaction((session) =>
      session.query<{ b: Buffer }>(echo, [byteaArray(given)]),
    );
    expect(back.map((row) => row.b)).toEqual(given);
    const bits = ["1", "0000000011", "0".repeat(16)];
    const echoBits: Statement = { name: "echo-bits", text: "SELECT b::text FROM unnest($1::varbit[]) AS b" };
    const bitsBack = await writer.transaction((session) =>
      session.query<{ b: string }>(echoBits, [bitArray(bits)]),
    );
    expect(bitsBack.map((row) => row.b)).toEqual(bits);
    const none = await writer.transaction((session) => session.query(echo, [byteaArray([])]));
    expect(none).toEqual([]);
  });

  it("carries texts, ids, instants and JSON as they are, and what is not there as nothing", async () => {
    const given = {
      texts: ["", 'a "quoted" \\ {ä,🐘}', null],
      ids: [
        "cfae49aa-a209-1acf-8076-96876ef3d33c",
        "00000000-0000-4000-8000-000000000001",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
      ],
      instants: [0, -1, 946_684_800_001, 253_402_300_799_999, null],
      json: ['{"b": 1.0, "a": "ä"}'],
    };
    const echo: Statement = {
      name: "echo-arrays",
      text: `SELECT $1::text[] AS texts, $2::uuid[] AS ids, $4::json[]::text[] AS json,
        ARRAY(SELECT extract(epoch FROM i) * 1000 FROM unnest($3::timestamptz[]) WITH ORDINALITY AS u(i, n) ORDER BY n)::float8[] AS instants`,
    };
    const [back] = await writer.transaction((session) =>
      session.query<typeof given>(echo, [
        textArray(given.texts),
        uuidArray(given.ids),
        instantArray(given.instants as (Instant | null)[]),
        jsonArray(given.json),
      ]),
    );
    expect(back).toEqual(given);
  });
});
