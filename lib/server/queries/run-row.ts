import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import { type RunSummary, runSummary } from "../../contract/runs.ts";

/** A row of the table `run`, as Postgres names its columns. */
export interface RunRow {
  id: string;
  namespace: string;
  pipeline: string;
  source: string;
  integration: string | null;
  state: string;
  outcome: string | null;
  headline: string;
  rule: string | null;
  certainty: string | null;
  blocker: string | null;
  holds: number;
  command: string | null;
  since: Date | null;
  started_at: Date;
  ended_at: Date | null;
  last_sign_at: Date | null;
  nodes_done: number;
  nodes_reused: number;
  nodes_total: number;
  strip: unknown;
}

/** Reads a row as the contract has it. Throws where the row holds what the contract does not know. */
export function rowToSummary(row: RunRow): RunSummary {
  return runSummary.parse({
    id: row.id,
    pipeline: row.pipeline,
    namespace: row.namespace,
    source: row.source,
    integration: row.integration,
    state: row.state,
    outcome: row.outcome,
    headline: row.headline,
    rule: row.rule,
    certainty: row.certainty,
    blocker: row.blocker,
    holds: row.holds,
    command: row.command,
    since: wire(row.since),
    startedAt: wire(row.started_at),
    endedAt: wire(row.ended_at),
    lastSignAt: wire(row.last_sign_at),
    nodesDone: row.nodes_done,
    nodesReused: row.nodes_reused,
    nodesTotal: row.nodes_total,
    strip: row.strip,
  });
}

function wire(date: Date | null): string | null {
  return date === null ? null : toWire(date.getTime() as Instant);
}
