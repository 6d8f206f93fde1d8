/** Events as many producers send them at once: the trees of many runs, each in its order, mixed with the others. */

import { chance } from "../../lib/testing/chance.ts";
import { airflowDagRun } from "./airflow.ts";
import { dbtInvocation } from "./dbt.ts";
import type { Json } from "./parts.ts";
import { sparkApplication } from "./spark.ts";

/** Runs that are under way at the same time. */
const AT_ONCE = 64;
const KINDS = [airflowDagRun, sparkApplication, dbtInvocation, airflowDagRun] as const;

/** The events of the n-th run, oldest first. `at` is when it began, ms. */
function runEvents(n: number, at: number): Json[] {
  const make = KINDS[n % KINDS.length] ?? airflowDagRun;
  return make(chance(n + 1), at);
}

/**
 * So many events of the runs from number `first` on. Other numbers give other runs: what was sent once would be dropped as
 * known the next time. The runs begin at `at`, ms.
 */
export function* eventStream(first: number, count: number, at: number): Generator<Json> {
  let run = first;
  const begin = () => runEvents(run++, at).values();
  const underWay = Array.from({ length: AT_ONCE }, begin);
  for (let sent = 0; sent < count; ) {
    const i = sent % AT_ONCE;
    const event = underWay[i]?.next();
    if (!event || event.done) underWay[i] = begin();
    else {
      sent += 1;
      yield event.value;
    }
  }
}
