import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../testing/postgres.ts";
import { database } from "../database.ts";
import { readAttention } from "./attention.ts";
import { readRunFacets } from "./run-facets.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;

describe("what the home page asks of an empty store", () => {
  it("is told that there is nothing", async () => {
    expect(await readAttention()).toMatchObject({ runs: [], attention: 0, open: 0, empty: true });
    expect(await readRunFacets()).toEqual({ pipelines: [], sources: [], rules: [] });
  });
});

/** Thirty runs: each fifth is open, half of those need a person. The rules of each: its own, and one that all have. */
const RULES = ["lost-completion", "dependency-cycle", "silent-heartbeat"];

describe("what the home page asks", () => {
  beforeAll(async () => {
    await database().$executeRaw`
      INSERT INTO run (id, namespace, pipeline, source, state, severity, headline, started_at, rules)
      SELECT 'r' || n, 'shop', 'line_' || chr(97 + n % 3), 'source_' || n % 2,
        CASE n % 10 WHEN 0 THEN 'stuck' WHEN 5 THEN 'progressing' ELSE 'finished' END,
        CASE n % 10 WHEN 0 THEN 50 ELSE 0 END, 'a headline',
        '2026-01-01'::timestamptz + n * interval '1 hour',
        ARRAY['incomplete-record', (${RULES}::text[])[1 + n / 10]]
      FROM generate_series(0, 29) AS n`;
  });

  it("counts what is open, and of it what needs a person", async () => {
    const { runs, ...counts } = await readAttention();
    expect(counts).toMatchObject({ attention: 3, open: 6, empty: false });
    expect(runs.map((run) => run.id)).toEqual(["r0", "r10", "r20"]);
  });

  it("offers each value once, however long ago it occurred", async () => {
    for (const newest of [1, 12, 2_000]) {
      expect(await readRunFacets(newest)).toEqual({
        pipelines: ["line_a", "line_b", "line_c"],
        sources: ["source_0", "source_1"],
        rules: ["dependency-cycle", "incomplete-record", "lost-completion", "silent-heartbeat"],
      });
    }
  });
});
