import { createHash } from "node:crypto";
import { type Instant, LATEST } from "../../base/instant.ts";
import type { SourceNews } from "../../diagnosis/source-news.ts";
import type { JobRef } from "../../events/event.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import { indexable } from "../indexable.ts";
import { pastAttempts } from "./load-history.ts";
import { loadOthers } from "./load-others.ts";
import type { Elsewhere, PastJob, Questions } from "./questions.ts";

/** Of so many originals and steps an answer is kept; where it rests on more, asking whether it holds takes too long. */
const MOST_LOOKED_AT = 5_000;

/** What was asked of the store for a run besides the run itself. */
export interface LookedAt {
  readonly runId: string;
  readonly pipeline: JobRef;
  readonly startedAt: Instant | null;
  readonly history: readonly PastJob[];
  readonly samples: readonly string[];
  readonly attempts: readonly string[];
  readonly others: Elsewhere;
  readonly sources: readonly string[];
}

/** How all of that stood. */
export interface Standing {
  /** The same as long as nothing but sources has changed. */
  readonly hash: string;
  /** By source, which transaction wrote of it last. */
  readonly sources: Readonly<Record<string, string>>;
}

/** What an answer rests on besides its run's attempts. */
export interface Grounds {
  readonly lookedAt: LookedAt;
  readonly standing: Standing;
  readonly news: readonly SourceNews[];
}

/** What a run's answer looks at; undefined where that is too much to be looked at again. */
export function lookedAt(run: RunView, questions: Questions): LookedAt | undefined {
  const { history, originals, others, sources } = questions;
  if (originals.length > MOST_LOOKED_AT || sources.length > MOST_LOOKED_AT) return undefined;
  return {
    runId: run.id,
    pipeline: run.pipeline,
    startedAt: run.startedAt ?? null,
    history,
    samples: [...questions.samples.keys()],
    attempts: [...originals, ...others.attempts],
    others,
    sources,
  };
}

/**
 * How what an answer looks at stands now. Rows are told by the transaction that wrote them, which costs next to
 * nothing; attempts that are not known yet would be new rows. Asked for before the answer is made: what changes while
 * it is made is then told as a change.
 */
export async function readStanding(db: Statements, looked: LookedAt): Promise<Standing> {
  const { runId, pipeline, startedAt, samples, attempts, sources } = looked;
  const [[row], others] = await Promise.all([
    db.$queryRaw<
      {
        policy: string;
        deaf: string | null;
        history: string;
        samples: string;
        attempts: string;
        sources: [string, string][];
      }[]
    >`
      SELECT
        (SELECT COALESCE(max(position), 0)::text FROM policy_change) AS policy,
        (SELECT since::text || deaf_from::text FROM listening) AS deaf,
        (SELECT COALESCE(md5(string_agg(w.key || ' ' || past.id || ' ' || past.xmin || ' ' || COALESCE(l.xmin::text, ''), ','
            ORDER BY w.key, past.id)), '')
          FROM ${pastAttempts(looked.history, runId, startedAt ?? undefined)}) AS history,
        (SELECT COALESCE(md5(string_agg(node || ' ' || xmin, ',' ORDER BY node)), '') FROM baseline
          WHERE namespace = ${indexable(pipeline.namespace)} AND pipeline = ${indexable(pipeline.name)}
            AND node = ANY(${samples}::text[])) AS samples,
        (SELECT COALESCE(md5(string_agg(id || ' ' || xmin, ',' ORDER BY id)), '') FROM attempt
          WHERE id = ANY(${attempts}::text[])) AS attempts,
        (SELECT COALESCE(json_agg(json_build_array(name, xmin::text)), '[]') FROM source
          WHERE name = ANY(${sources}::text[])) AS sources`,
    loadOthers(db, runId, looked.others, LATEST, true),
  ]);
  if (!row) throw new Error("the database gave no row for a statement that always gives one");
  const { sources: versions, ...rest } = row;
  const named = [...others].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    hash: createHash("sha256")
      .update(JSON.stringify([rest, named]))
      .digest("hex"),
    sources: Object.fromEntries(versions),
  };
}
