/**
 * An instant: whole milliseconds since 1970-01-01T00:00:00Z.
 * Branded, so that a duration or a count cannot be passed where a point in time is meant.
 */
export type Instant = number & { readonly __brand: "instant" };

/** The widest instants that a JavaScript Date can show (years -271821 to 275760), in ms. */
const WIDEST = 8.64e15;

/** Makes an instant of milliseconds since the epoch. Throws RangeError for what no calendar can show. */
export function instant(ms: number): Instant {
  if (!Number.isFinite(ms) || Math.abs(ms) > WIDEST) throw new RangeError(`not an instant: ${ms}`);
  return Math.trunc(ms) as Instant;
}

/** The first instant that ISO 8601 writes with four digits of a year, which is what Postgres and our wire read. */
const EARLIEST = Date.parse("0001-01-01T00:00:00.000Z");
/** The last one. */
export const LATEST = Date.parse("9999-12-31T23:59:59.999Z") as Instant;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?(?:\[[^\]]*\])?$/;

/**
 * Reads an ISO 8601 date-time. A missing time zone is read as UTC, since producers that leave it out write UTC;
 * digits beyond the millisecond are dropped. Returns undefined where the text is no instant of the years 1 to 9999.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] = match;
  const zoneMs = offsetOf(zone);
  // Date.UTC would read the year 50 as 1950, so the fields are set one by one and read back: 31 April is no day.
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  const isMidnight = Number(hour) === 24 && Number(minute) === 0 && Number(second) === 0;
  if ((Number(hour) > 23 && !isMidnight) || Number(minute) > 59 || Number(second) > 60) return undefined;
  if (zoneMs === undefined) return undefined;
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, "0").slice(0, 3)));
  const at = date.getTime() - zoneMs;
  return at < EARLIEST || at > LATEST ? undefined : (at as Instant);
}

/** Writes an instant as ISO 8601 in UTC with milliseconds. What was reckoned beyond the years 1 to 9999 is their end. */
export function toIso(at: Instant): string {
  return new Date(Math.min(Math.max(at, EARLIEST), LATEST)).toISOString();
}

/** Adds a duration in ms. */
export function plus(at: Instant, ms: number): Instant {
  return (at + ms) as Instant;
}

/** An offset such as +02:00 in ms; undefined where no zone has it. */
function offsetOf(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.slice(1).replace(":", "");
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4) || "0")];
  return hours > 18 || minutes > 59 ? undefined : sign * (hours * 60 + minutes) * 60_000;
}
