import type { Instant } from "../../base/instant.ts";
import { database } from "../database.ts";
import { processWide } from "../process-wide.ts";
import { RecentAnswers } from "../runs/recent-answers.ts";
import { readRunValues } from "./run-values.ts";

export interface KnownNames {
  readonly pipelines: readonly string[];
  readonly jobs: readonly { readonly namespace: string; readonly name: string }[];
  /** Whether these are all: a store with more names than this reads only the first. */
  readonly complete: boolean;
}

const MOST_NAMES = 20_000;

/**
 * The names of pipelines and of jobs that occur. Each is looked up in an index behind the one before, so that the time
 * this takes follows from how many names there are, not from how many runs. As old as `maxAgeMs` at most.
 */
export function knownNames(now: Instant, maxAgeMs: number): Promise<KnownNames> {
  const names = processWide("known-names", () => new RecentAnswers<KnownNames>(() => false));
  return names.ask(String(Math.floor(now / maxAgeMs)), now, readNames);
}

async function readNames(): Promise<KnownNames> {
  const db = database();
  const [pipelines, jobs] = await Promise.all([
    readRunValues("pipeline", MOST_NAMES),
    db.$queryRaw<{ namespace: string; name: string }[]>`
      WITH RECURSIVE known AS (
        (SELECT job_namespace AS namespace, job_name AS name FROM attempt
          WHERE job_namespace IS NOT NULL AND job_name IS NOT NULL ORDER BY job_namespace, job_name LIMIT 1)
        UNION ALL
        SELECT next.namespace, next.name FROM known CROSS JOIN LATERAL (
          SELECT job_namespace AS namespace, job_name AS name FROM attempt
          WHERE (job_namespace, job_name) > (known.namespace, known.name)
          ORDER BY job_namespace, job_name LIMIT 1) AS next)
      SELECT namespace, name FROM known LIMIT ${MOST_NAMES}`,
  ]);
  return {
    pipelines,
    jobs,
    complete: pipelines.length < MOST_NAMES && jobs.length < MOST_NAMES,
  };
}
