import { expect } from "vitest";
import type { Instant } from "../base/instant.ts";
import type { AttemptState } from "../projections/attempt-state.ts";
import type { RunView } from "../projections/run-view.ts";
import type { Database } from "../server/database.ts";
import type { Accepted } from "../server/ingest/accepted.ts";
import { loggedEvents } from "../server/ingest/logged-events.ts";
import { unpackBody } from "../server/ingest/stored-body.ts";
import { loadRun } from "../server/runs/load-run.ts";
import { foldMessages } from "./fold-messages.ts";
import type { Log } from "./open-log.ts";
import { storedLives } from "./stored-life.ts";

/** All that is derived from the log, save what background work adds, in an order that does not matter. */
export async function derived(db: Database) {
  return {
    // By what number its life line is found depends on when it arrived.
    attempts: await db.attempt.findMany({ omit: { lifeId: true }, orderBy: { id: "asc" } }),
    lives: await storedLives(db),
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

/** The messages of the log, with the events that they were translated to. */
async function storedMessages(db: Database): Promise<Accepted[]> {
  const rows = await db.message.findMany({ orderBy: { position: "asc" } });
  return rows.map((row) => ({
    ...row,
    occurredAt: row.occurredAt.getTime() as Instant,
    receivedAt: row.receivedAt.getTime() as Instant,
    size: unpackBody(row.body).length,
    events: loggedEvents({ ...row, received_at: row.receivedAt }),
  }));
}

/**
 * Expects of all that is in the database: it is what the pure folds make of the log, and a rebuild changes none of it.
 * `beaten` are attempts that only beats told of. Gives the ids of the messages.
 */
export async function expectWhole(log: Log, beaten: readonly string[] = []): Promise<Set<string>> {
  const messages = await storedMessages(log.db);
  await expectFolded(log.db, messages);
  const before = await derived(log.db);
  const { runs } = foldMessages(messages);
  expect(before.runs.map((run) => run.id)).toEqual([...runs.keys(), ...beaten].sort());
  await log.rebuild();
  expect(await derived(log.db)).toEqual(before);
  return new Set(messages.map((m) => m.id));
}
