import type { AttemptState } from "../../projections/attempt-state.ts";
import type { StoredLife } from "./save-lives.ts";
import type { Session, Statement } from "./writer.ts";

/** An attempt as it stands in the store. */
export interface KnownAttempt {
  readonly id: string;
  readonly run_id: string;
  readonly parent_id: string | null;
  readonly root_hint: string | null;
  readonly source: string | null;
  /** Only of those that were asked for with their state. */
  readonly state: AttemptState | null;
  readonly life: StoredLife | null;
}

const READ: Statement = {
  name: "read-attempts",
  text: `
    SELECT a.id, a.run_id, a.parent_id, a.root_hint, a.source, s.state, s.life
    FROM unnest($1::text[], $2::boolean[]) AS w(id, whole)
    JOIN attempt a ON a.id = w.id
    LEFT JOIN LATERAL (
      SELECT b.state, l.state AS life FROM attempt b LEFT JOIN life_sign l ON l.attempt_id = b.id
      WHERE b.id = w.id AND w.whole) AS s ON true`,
};

/** What is stored of attempts: of `whole` ones all of it, of those that are only `named` their place. */
export async function readAttempts(
  session: Session,
  whole: readonly string[],
  named: readonly string[],
): Promise<Map<string, KnownAttempt>> {
  const rows = await session.query<KnownAttempt>(READ, [
    [...whole, ...named],
    [...whole.map(() => true), ...named.map(() => false)],
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}
