/** How well a text answers to what was typed. Pure: the palette ranks tens of thousands of names at every letter. */

export interface Match {
  /** Higher is better; only to be compared with others of the same query. */
  readonly score: number;
  /** Which letters of the text answered, ascending. */
  readonly at: readonly number[];
}

/** A letter at the start of a word says more than one inside it, and one that follows the last more than one far off. */
const WORD_START = 8;
const IN_A_ROW = 5;
const WHOLE = 40;
const START = 20;
const INSIDE = 10;

/**
 * Each word of the query, in any order, is in the text as it is, or letter by letter: `tr2` finds `train[2]`. Undefined
 * where one of them is not. The empty query finds everything alike.
 */
export function match(query: string, text: string): Match | undefined {
  const lower = text.toLowerCase();
  let score = 0;
  const at = new Set<number>();
  for (const word of query.toLowerCase().split(/\s+/)) {
    if (word === "") continue;
    const found = asItIs(word, lower) ?? letterByLetter(word, lower);
    if (!found) return undefined;
    score += found.score;
    for (const place of found.at) at.add(place);
  }
  // Of two that answer alike the shorter has less that was not asked for.
  return { score: score - text.length / 1_000, at: [...at].sort((a, b) => a - b) };
}

function asItIs(word: string, lower: string): Match | undefined {
  let best: number | undefined;
  for (let i = lower.indexOf(word); i >= 0; i = lower.indexOf(word, i + 1)) {
    best ??= i;
    if (isWordStart(lower, i)) {
      best = i;
      break;
    }
  }
  if (best === undefined) return undefined;
  const place = word.length === lower.length ? WHOLE : best === 0 ? START : INSIDE;
  const start = isWordStart(lower, best) ? WORD_START : 0;
  const from = best;
  return {
    score: place + start + word.length * IN_A_ROW,
    at: Array.from({ length: word.length }, (_, i) => from + i),
  };
}

/** The best of the ways that begin at the start of a word. */
function letterByLetter(word: string, lower: string): Match | undefined {
  let best: Match | undefined;
  const first = word[0] ?? "";
  for (let from = lower.indexOf(first); from >= 0; from = lower.indexOf(first, from + 1)) {
    const found = isWordStart(lower, from) ? lettersFrom(from, word, lower) : undefined;
    if (found && found.score > (best?.score ?? 0)) best = found;
  }
  // Letters scattered over a long text are chance.
  return best;
}

function lettersFrom(from: number, word: string, lower: string): Match | undefined {
  const at: number[] = [];
  let score = 0;
  let after = from;
  for (const letter of word) {
    const next = lower.indexOf(letter, after);
    if (next < 0) return undefined;
    if (isWordStart(lower, next)) score += WORD_START / 2;
    else if (next === after) score += IN_A_ROW / 2;
    else score -= 1 + (next - after) / 4;
    at.push(next);
    after = next + letter.length;
  }
  return { score, at };
}

function isWordStart(text: string, index: number): boolean {
  if (index === 0) return true;
  const before = text.charCodeAt(index - 1);
  // Nearly all names are ASCII, and this is asked of every letter of tens of thousands of them. The text is in lower case.
  if (before < 128) return !((before >= 97 && before <= 122) || (before >= 48 && before <= 57));
  return !/[\p{L}\p{N}]/u.test(text[index - 1] ?? "");
}

export interface Ranked<T> {
  /** Best first, at most so many. */
  readonly best: readonly T[];
  /** How many answer at all. */
  readonly total: number;
}

/** The best answers. Among equals the order given stays. */
export function rank<T>(
  query: string,
  items: readonly T[],
  textOf: (item: T) => string,
  most: number,
): Ranked<T> {
  if (query.trim() === "") return { best: items.slice(0, most), total: items.length };
  const found: { item: T; score: number; place: number }[] = [];
  items.forEach((item, place) => {
    const answer = match(query, textOf(item));
    if (answer) found.push({ item, score: answer.score, place });
  });
  found.sort((a, b) => b.score - a.score || a.place - b.place);
  return { best: found.slice(0, most).map(({ item }) => item), total: found.length };
}
