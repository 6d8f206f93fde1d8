import { readDuration, writeDuration } from "@/lib/base/duration";

/** A value of a threshold in words that say all of it: `1m 30s`, `3 intervals`, `0.9`. */
export function valueWords(value: number, unit: string): string {
  if (unit === "ms") return writeDuration(value);
  if (unit === "share") return String(value);
  return `${value.toLocaleString("en-US")} ${value === 1 ? unit.replace(/s$/, "") : unit}`;
}

/** What somebody typed, in the threshold's unit; undefined where it is no value. */
export function readValue(text: string, unit: string): number | undefined {
  if (unit === "ms") return readDuration(text);
  const [, digits] = /^\s*([\d,]*\.?\d+)\s*[a-z]*\s*$/i.exec(text) ?? [];
  const value = digits === undefined ? Number.NaN : Number(digits.replaceAll(",", ""));
  return Number.isFinite(value) ? value : undefined;
}

/** For which pipelines and nodes: as they are told in a sentence. */
export function placeWords(pipeline: string, node: string | null): string {
  return node === null ? pipeline : `${pipeline} · ${node}`;
}
