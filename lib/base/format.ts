/** Words for numbers and times. Pure: no clock and no locale of the machine; "now" is always an argument. */

/** An instant as our wire carries it (ISO 8601) or as epoch milliseconds. */
export type InstantLike = string | number;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function toMillis(at: InstantLike): number {
  return typeof at === "number" ? at : Date.parse(at);
}

/** `<1s`, `41s`, `12m`, `1h 41m`, `3d 4h`; a zero second part is left out. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return "unknown";
  const t = Math.max(0, ms);
  if (t === 0) return "0s";
  if (t < SECOND) return "<1s";
  if (t < MINUTE) return `${Math.floor(t / SECOND)}s`;
  if (t < HOUR) return `${Math.floor(t / MINUTE)}m`;
  if (t < DAY) return pair(t, HOUR, "h", MINUTE, "m");
  return pair(t, DAY, "d", HOUR, "h");
}

/** One unit finer than `formatDuration`, for tables that compare: `41m 09s`, `1h 41m 05s`. */
export function formatDurationExact(ms: number): string {
  if (!Number.isFinite(ms)) return "unknown";
  const t = Math.max(0, ms);
  if (t < SECOND) return `${Math.round(t)}ms`;
  if (t < MINUTE) return `${Math.floor(t / SECOND)}s`;
  const two = (n: number) => String(n).padStart(2, "0");
  const seconds = two(Math.floor((t % MINUTE) / SECOND));
  if (t < HOUR) return `${Math.floor(t / MINUTE)}m ${seconds}s`;
  const minutes = two(Math.floor((t % HOUR) / MINUTE));
  if (t < DAY) return `${Math.floor(t / HOUR)}h ${minutes}m ${seconds}s`;
  return `${Math.floor(t / DAY)}d ${Math.floor((t % DAY) / HOUR)}h ${minutes}m`;
}

function pair(t: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((t % big) / small);
  const head = `${Math.floor(t / big)}${bigUnit}`;
  return rest === 0 ? head : `${head} ${rest}${smallUnit}`;
}

/** How long ago `at` was: `just now`, `2 s ago`, `4 min ago`, `1 h ago`, `1 day ago`. Ahead of now: `in 4 min`. */
export function formatAge(at: InstantLike, now: InstantLike): string {
  const age = toMillis(now) - toMillis(at);
  if (!Number.isFinite(age)) return "at an unknown time";
  // Clocks differ by a little; what looks a moment ahead has just happened.
  if (age < -5 * SECOND) return `in ${oneUnit(-age)}`;
  return age < SECOND ? "just now" : `${oneUnit(age)} ago`;
}

function oneUnit(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  const days = Math.floor(ms / DAY);
  return days === 1 ? "1 day" : `${formatCount(days)} days`;
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB", "PB"] as const;

/** Decimal: `4 kB`, `1.9 GB`. One decimal below ten, none from ten on. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return "unknown";
  let value = bytes;
  let unit = 0;
  while (shown(value, unit) >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${shown(value, unit)} ${BYTE_UNITS[unit] ?? "B"}`;
}

/** As it will be printed, so that 999,999 becomes `1 MB` and not `1000 kB`. */
function shown(value: number, unit: number): number {
  return unit > 0 && value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** `1,204`. */
export function formatCount(n: number): string {
  return Number.isFinite(n) ? Math.round(n).toLocaleString("en-US") : "unknown";
}

/** `1 node`, `1,204 nodes`; irregular plurals are given. */
export function formatQuantity(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${Math.round(n) === 1 ? one : many}`;
}

/** UUIDs whose first half is the time: those made within the same minute begin alike. */
const TIME_ORDERED = /^[0-9a-f]{8}-[0-9a-f]{4}-[67][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A few characters of a long id, as people say it aloud: `7f3a`. Four to eight: the first, or the last where those tell more. */
export function shortId(id: string, length = 4): string {
  const count = Math.min(8, Math.max(4, length));
  return TIME_ORDERED.test(id) ? id.slice(-count) : id.slice(0, count);
}

/** Building a formatter is slow and a page prints thousands of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(kind: "clock" | "seconds" | "full" | "day", timeZone: string): Intl.DateTimeFormat {
  const key = `${kind} ${timeZone}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat("en-GB", { ...FORMATS[kind], timeZone, hourCycle: "h23" });
    formatters.set(key, found);
  }
  return found;
}

const FORMATS = {
  clock: { hour: "2-digit", minute: "2-digit" },
  seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  full: {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
  day: { day: "numeric", month: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** `22:04`, or `22:04:31` with seconds. */
export function formatClock(at: InstantLike, timeZone: string, seconds = false): string {
  return print(seconds ? "seconds" : "clock", at, timeZone);
}

/** `23 Nov`. */
export function formatDay(at: InstantLike, timeZone: string): string {
  return print("day", at, timeZone);
}

/** `Mon, 23 Nov 2026, 02:35:00 GMT+1`. */
export function formatInstant(at: InstantLike, timeZone: string): string {
  return print("full", at, timeZone);
}

/** `2026-11-23T01:35:00.000Z`, or the text itself where it is no instant. */
export function toIsoText(at: InstantLike): string {
  const ms = toMillis(at);
  return Number.isFinite(ms) ? new Date(ms).toISOString() : String(at);
}

/** A zone that this machine does not know would throw; a cookie may hold anything. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

function print(kind: "clock" | "seconds" | "full" | "day", at: InstantLike, timeZone: string): string {
  const ms = toMillis(at);
  return Number.isFinite(ms) ? formatter(kind, timeZone).format(ms) : "unknown";
}
