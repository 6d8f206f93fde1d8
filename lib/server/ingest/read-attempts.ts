import type { AttemptState } from "../../projections/attempt-state.ts";
import type { LifeSigns } from "../../projections/life-signs.ts";
import { unpackLife } from "../../projections/packed-life.ts";
import { textArray } from "./binary-array.ts";
import type { Session, Statement } from "./writer.ts";

/** An attempt as it stands in the store. */
export interface KnownAttempt {
  readonly id: string;
  /** By which its life line is kept. */
  readonly life_id: string;
  readonly run_id: string;
  readonly parent_id: string | null;
  readonly root_hint: string | null;
  readonly source: string | null;
  /** Only of those that were asked for with their state. */
  readonly state: AttemptState | null;
  readonly life: LifeSigns | null;
}

interface Row extends Omit<KnownAttempt, "life"> {
  readonly signs: Uint8Array | null;
}

const READ: Statement = {
  name: "read-attempts",
  text: `
    SELECT a.id, a.life_id, a.run_id, a.parent_id, a.root_hint, a.source, s.state, s.signs
    FROM unnest($1::text[], $2::boolean[]) AS w(id, whole)
    JOIN attempt a ON a.id = w.id
    LEFT JOIN LATERAL (
      SELECT b.state, l.signs FROM attempt b LEFT JOIN life_sign l ON l.life_id = b.life_id
      WHERE b.id = w.id AND w.whole) AS s ON true`,
};

/** What is stored of attempts: of `whole` ones all of it, of those that are only `named` their place. */
export async function readAttempts(
  session: Session,
  whole: readonly string[],
  named: readonly string[],
): Promise<Map<string, KnownAttempt>> {
  if (whole.length + named.length === 0) return new Map();
  const rows = await session.query<Row>(READ, [
    textArray([...whole, ...named]),
    [...whole.map(() => true), ...named.map(() => false)],
  ]);
  return new Map(
    rows.map(({ signs, ...row }) => [row.id, { ...row, life: signs && unpackLife(row.id, signs) }]),
  );
}

/** Of an attempt that beats: what a beat needs, which is not its state. */
export interface BeatingAttempt {
  readonly id: string;
  readonly life_id: string;
  readonly run_id: string;
  readonly source: string | null;
  readonly life: LifeSigns | null;
}

const READ_BEATING: Statement = {
  name: "read-beating",
  text: `
    SELECT a.id, a.life_id, a.run_id, a.source, l.signs FROM unnest($1::text[]) AS w(id)
    JOIN attempt a ON a.id = w.id LEFT JOIN life_sign l ON l.life_id = a.life_id`,
};

/** What a beat needs of the attempts that are stored. */
export async function readBeating(
  session: Session,
  ids: readonly string[],
): Promise<Map<string, BeatingAttempt>> {
  if (ids.length === 0) return new Map();
  const rows = await session.query<Omit<BeatingAttempt, "life"> & Pick<Row, "signs">>(READ_BEATING, [
    textArray(ids),
  ]);
  return new Map(
    rows.map(({ signs, ...row }) => [row.id, { ...row, life: signs && unpackLife(row.id, signs) }]),
  );
}
