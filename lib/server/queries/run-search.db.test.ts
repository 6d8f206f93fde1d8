import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../testing/postgres.ts";
import { database } from "../database.ts";
import { Prisma } from "../prisma/client.ts";
import { searchRuns } from "./run-search.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;

/** Ten runs of each of three pipelines, turn by turn, with one step each; `r29` began last, and three are open. */
beforeAll(async () => {
  await database().$executeRaw`
    INSERT INTO run (id, namespace, pipeline, source, state, headline, started_at, rules)
    SELECT 'r' || to_char(n, 'FM00') || '-x', 'shop', 'line_' || chr(97 + n % 3), 'test',
      CASE WHEN n % 10 = 0 THEN 'stuck' ELSE 'finished' END, CASE WHEN n % 10 = 0 THEN 'a lock is held' ELSE 'done' END,
      '2026-01-01'::timestamptz + n * interval '1 hour', '{}'
    FROM generate_series(0, 29) AS n`;
  await database().$executeRaw`
    INSERT INTO attempt (id, run_id, source, job_namespace, job_name, status, state)
    SELECT run.id || part, run.id, 'test', 'shop', run.pipeline || part, 'running', '{}'
    FROM run CROSS JOIN unnest(ARRAY['', '.load_' || right(pipeline, 1)]) AS part`;
});

/** What is found, by the numbers of the runs, where all is searched of the newest so many alone. */
const found = async (text: string, newest: number, conditions: Prisma.Sql[] = [], limit = 50) =>
  (await searchRuns({ text, conditions, limit }, newest)).map((run) => Number(run.id.slice(1, 3)));

const down = (from: number, to: number, by: number) =>
  Array.from({ length: Math.floor((from - to) / by) + 1 }, (_, i) => from - i * by);

describe("the search for runs", () => {
  it("finds pipelines, steps, beginnings of ids and headlines of what is open, however old", async () => {
    for (const newest of [1, 4, 1_000]) {
      expect(await found("LINE_b", newest)).toEqual(down(28, 1, 3));
      expect(await found("load_c", newest)).toEqual(down(29, 2, 3));
      expect(await found("r0", newest)).toEqual(down(9, 0, 1));
      expect(await found("lock is", newest)).toEqual([20, 10, 0]);
      expect(await found("nowhere", newest)).toEqual([]);
      expect(await found("100%", newest)).toEqual([]);
      expect(await found("_", newest, [], 4)).toEqual([29, 28, 27, 26]);
    }
  });

  it("finds what else is in ids and headlines among the newest alone", async () => {
    expect(await found("9-x", 1_000)).toEqual([29, 19, 9]);
    expect(await found("9-x", 12)).toEqual([29, 19]);
    expect(await found("done", 2)).toEqual([29, 28]);
  });

  it("keeps to the filters and the page, and repeats none", async () => {
    const open = Prisma.sql`state = 'stuck'`;
    expect(await found("line", 1, [open])).toEqual([20, 10, 0]);
    expect(await found("load_b", 2, [], 4)).toEqual([28, 25, 22, 19]);
    const before = Prisma.sql`(started_at, id) < ('2026-01-01T19:00:00Z'::timestamptz, 'r19-x')`;
    expect(await found("load_b", 2, [before], 2)).toEqual([16, 13]);
  });
});
