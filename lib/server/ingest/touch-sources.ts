import { type Instant, toIso } from "../../base/instant.ts";
import type { Event, EventOf } from "../../events/event.ts";
import { type Before, type ClockSample, clockSample, KEPT_OF_EACH } from "../runs/estimate-skew.ts";
import type { Session, Statement } from "./writer.ts";

/** A clock is off by hours where it was set in the wrong zone; what is further ahead is a slip in one message, ms. */
export const FURTHEST_AHEAD = 24 * 3_600_000;

const TOUCH: Statement = {
  name: "touch-sources",
  text: `
    INSERT INTO source (name, integration, first_received_at, last_received_at, samples)
    SELECT r.name, r.integration, r.first, r.last, r.samples
    FROM json_to_recordset($1::json) AS r(name text, integration text, first timestamptz, last timestamptz, samples jsonb)
    ON CONFLICT (name) DO UPDATE SET
      integration = LEAST(source.integration COLLATE "C", EXCLUDED.integration COLLATE "C"),
      first_received_at = LEAST(source.first_received_at, EXCLUDED.first_received_at),
      last_received_at = GREATEST(source.last_received_at, EXCLUDED.last_received_at),
      samples = COALESCE((
        SELECT jsonb_agg(s ORDER BY n) FROM (
          SELECT s, n, row_number() OVER (PARTITION BY s -> 2 ORDER BY n) AS nth
          FROM jsonb_array_elements(EXCLUDED.samples || source.samples) WITH ORDINALITY AS e(s, n)) AS newest
        WHERE nth <= ${KEPT_OF_EACH}), '[]'::jsonb)`,
};

/** What of an event, or of the last of some beats, tells of its source. */
type Spoken = Pick<Event, "source" | "attemptId" | "receivedAt" | "occurredAt"> &
  Partial<Pick<EventOf<"attempt.observed">, "integration">>;

/** What a transaction tells of a source. */
interface Heard {
  first: Instant;
  last: Instant;
  integration: string | null;
  readonly live: ClockSample[];
  readonly others: ClockSample[];
  newest: Spoken | undefined;
}

/** Remembers that sources spoke, and how their clocks stood to ours. `before` tells what was said of an attempt before. */
export async function touchSources(
  session: Session,
  spoken: readonly Spoken[],
  before: (attemptId: string) => Before,
): Promise<void> {
  const heard = new Map<string, Heard>();
  for (const event of spoken) {
    const known = heard.get(event.source) ?? {
      first: event.receivedAt,
      last: event.receivedAt,
      integration: null,
      ...{ live: [], others: [], newest: undefined },
    };
    if (event.receivedAt < known.first) known.first = event.receivedAt;
    if (event.receivedAt > known.last) known.last = event.receivedAt;
    // Of several names the least, so that it is the same whichever came first.
    if (event.integration !== undefined) {
      if (known.integration === null || event.integration < known.integration)
        known.integration = event.integration;
    }
    // A message tells of its time once, whatever it tells of.
    const { newest } = known;
    const isTold = newest?.receivedAt === event.receivedAt && newest.occurredAt === event.occurredAt;
    known.newest = event;
    if (!isTold && event.occurredAt - event.receivedAt <= FURTHEST_AHEAD) {
      const told = { at: event.occurredAt, receivedAt: event.receivedAt };
      const sample = clockSample(before(event.attemptId), told);
      const alike = sample[2] === 1 ? known.live : known.others;
      if (alike.length < KEPT_OF_EACH) alike.push(sample);
    }
    heard.set(event.source, known);
  }
  const rows = [...heard].map(([name, h]) => ({
    name,
    first: toIso(h.first),
    last: toIso(h.last),
    integration: h.integration,
    samples: [...h.live, ...h.others],
  }));
  await session.query(TOUCH, [JSON.stringify(rows)]);
}
