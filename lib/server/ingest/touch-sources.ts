import { type Instant, toIso } from "../../base/instant.ts";
import type { Event, EventOf } from "../../events/event.ts";
import { type Before, type ClockSample, clockSample } from "../runs/estimate-skew.ts";
import type { Session, Statement } from "./writer.ts";

/** How many samples of its clock are kept of a source: enough for a median, little enough for one row. */
export const SAMPLES = 40;

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
          SELECT s, n FROM jsonb_array_elements(EXCLUDED.samples || source.samples) WITH ORDINALITY AS e(s, n)
          LIMIT ${SAMPLES}) AS newest), '[]'::jsonb)`,
};

/** What of an event, or of the last of some beats, tells of its source. */
type Spoken = Pick<Event, "source" | "attemptId" | "receivedAt" | "occurredAt"> &
  Partial<Pick<EventOf<"attempt.observed">, "integration">>;

/** Remembers that sources spoke, and how their clocks stood to ours. `before` tells what was said of an attempt before. */
export async function touchSources(
  session: Session,
  spoken: readonly Spoken[],
  before: (attemptId: string) => Before,
): Promise<void> {
  const heard = new Map<
    string,
    { first: Instant; last: Instant; integration: string | null; samples: ClockSample[] }
  >();
  for (const event of spoken) {
    const known = heard.get(event.source) ?? {
      first: event.receivedAt,
      last: event.receivedAt,
      integration: null,
      samples: [],
    };
    if (event.receivedAt < known.first) known.first = event.receivedAt;
    if (event.receivedAt > known.last) known.last = event.receivedAt;
    // Of several names the least, so that it is the same whichever came first.
    if (event.integration !== undefined) {
      if (known.integration === null || event.integration < known.integration)
        known.integration = event.integration;
    }
    const isClock = event.occurredAt - event.receivedAt <= FURTHEST_AHEAD;
    // A message tells of its time once, whatever it tells of.
    const [newest] = known.samples.slice(-1);
    const isTold = newest?.[0] === event.receivedAt && newest[1] === event.occurredAt;
    if (isClock && !isTold && known.samples.length < SAMPLES)
      known.samples.push(
        clockSample(before(event.attemptId), { at: event.occurredAt, receivedAt: event.receivedAt }),
      );
    heard.set(event.source, known);
  }
  const rows = [...heard].map(([name, h]) => ({
    name,
    first: toIso(h.first),
    last: toIso(h.last),
    integration: h.integration,
    samples: h.samples,
  }));
  await session.query(TOUCH, [JSON.stringify(rows)]);
}
