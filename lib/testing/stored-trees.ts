import { expect } from "vitest";
import type { AttemptState } from "../projections/attempt-state.ts";
import type { RunView } from "../projections/run-view.ts";
import type { Database } from "../server/database.ts";
import type { Accepted } from "../server/ingest/accepted.ts";
import { loadRun } from "../server/runs/load-run.ts";
import { foldMessages } from "./fold-messages.ts";

/** All that is derived from the log, save what background work adds, in an order that does not matter. */
export async function derived(db: Database) {
  return {
    attempts: await db.attempt.findMany({ orderBy: { id: "asc" } }),
    lives: await db.lifeSign.findMany({ orderBy: { attemptId: "asc" } }),
    beats: await db.$queryRaw`SELECT attempt_id, chunk, bits::text FROM beat_chunk ORDER BY 1, 2`,
    runs: await db.run.findMany({ select: { id: true }, orderBy: { id: "asc" } }),
  };
}

/** Expects that what is stored of these messages, and of all that they name, is what the pure folds make of them. */
export async function expectFolded(db: Database, messages: readonly Accepted[]): Promise<void> {
  const forest = foldMessages(messages);
  const ids = [...forest.runOf.keys()];
  const rows = await db.attempt.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      runId: true,
      parentId: true,
      status: true,
      startedAt: true,
      endedAt: true,
      state: true,
    },
  });
  const told = new Map(
    [...forest.runs.values()].flatMap((run) => attemptsOf(run)).map((view) => [view.id, view]),
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  for (const id of ids) {
    const row = stored.get(id);
    const { state } = forest.attempts.get(id) ?? {};
    expect({ id, run: row?.runId, state: row?.state }).toEqual({
      id,
      run: forest.runOf.get(id),
      state: plain(state),
    });
    const view = told.get(id);
    expect({ id, parent: row?.parentId ?? undefined, started: row?.startedAt?.getTime() }).toEqual({
      id,
      parent: view?.parentId,
      started: view?.startedAt,
    });
    expect({ id, ended: row?.endedAt?.getTime() }).toEqual({ id, ended: view?.endedAt });
  }
  const runs = await db.run.findMany({ where: { id: { in: ids } }, select: { id: true } });
  expect(runs.map((run) => run.id).sort()).toEqual([...forest.runs.keys()].sort());
  for (const [root, view] of forest.runs) expect(await loadRun(db, root)).toEqual(view);
}

function attemptsOf(run: RunView) {
  return [...run.root.attempts, ...[...run.nodes.values()].flatMap((node) => node.attempts)];
}

/** As JSON keeps it. */
function plain(state: AttemptState | undefined): unknown {
  return state && JSON.parse(JSON.stringify(state));
}
