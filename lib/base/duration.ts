/** Durations as people set them: nothing is lost on the way out and back, unlike with `formatDuration`. */

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;

/** `1m 30s`, `1d`, `250ms`, `0s`: all of it. */
export function writeDuration(ms: number): string {
  let left = Math.max(0, Math.round(ms));
  if (left === 0) return "0s";
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join(" ");
}

/** Reads `90s`, `1m 30s`, `1.5 h`; undefined where the text is no duration. */
export function readDuration(text: string): number | undefined {
  const part = /\s*(\d+(?:\.\d+)?)\s*(ms|[dhms])\s*/y;
  let ms = 0;
  while (part.lastIndex < text.length || part.lastIndex === 0) {
    const [, count, unit] = part.exec(text) ?? [];
    const size = UNITS.find(([name]) => name === unit)?.[1];
    if (size === undefined) return undefined;
    ms += Number(count) * size;
  }
  return Math.round(ms);
}
