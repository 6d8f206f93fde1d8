import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * A folder of the corpora that others wrote: real messages that the project does not hold. `CORPUS_DIR` names where they
 * are; without it, or without the folder, the answer is undefined, and a test must be skipped and say so.
 */
export function corpusFolder(...parts: string[]): string | undefined {
  const { CORPUS_DIR } = process.env;
  if (!CORPUS_DIR) return undefined;
  const folder = path.join(CORPUS_DIR, ...parts);
  return existsSync(folder) ? folder : undefined;
}

/** One JSON value of a file: the file itself, an item of its array, or a line of it. */
export interface CorpusMessage {
  /** The file's name, with the item's number from 1 where it holds several. */
  readonly name: string;
  readonly json: unknown;
}

/** Every message of a folder's `.json` and `.jsonl` files, in the order of their names. */
export function corpusMessages(folder: string): CorpusMessage[] {
  return readdirSync(folder)
    .filter((file) => /\.jsonl?$/.test(file))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(folder, file), "utf8");
      const values = file.endsWith("l") ? linesOf(text) : [JSON.parse(filled(text)) as unknown].flat();
      return values.map((json, i) => ({ name: values.length === 1 ? file : `${file} #${i + 1}`, json }));
    });
}

function linesOf(text: string): unknown[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as unknown);
}

/** Fills in the times of a template, counted from a fixed start. */
function filled(text: string): string {
  const start = Date.UTC(2026, 0, 1);
  const iso = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
  return text
    .replaceAll("{{RUN_START_TIME}}", iso(0))
    .replace(/\{\{RUN_END_TIME_AFTER_(\d+)_MINUTES\}\}/g, (_, minutes: string) => iso(Number(minutes)));
}
