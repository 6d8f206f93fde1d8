/** A pattern of names in which `*` stands for any characters, also for none; all others stand for themselves. */
export interface Glob {
  readonly matches: (name: string) => boolean;
  /** How much it says: the characters that it names; without a star more than any with one. */
  readonly specificity: number;
}

/**
 * Compiles a glob. Matching takes the pieces between the stars from left to right, each at its first place: in one
 * pass, whatever the pattern, where an expression with as many stars may try for ever.
 */
export function compileGlob(pattern: string): Glob {
  const pieces = pattern.split("*");
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) {
    return { matches: (name) => name === pattern, specificity: Number.POSITIVE_INFINITY };
  }
  const matches = (name: string): boolean => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
      return false;
    let at = first.length;
    const end = name.length - last.length;
    for (const piece of rest) {
      const found = name.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
  return { matches, specificity: pattern.length - pieces.length + 1 };
}
