const INDENT = "  ";
/** A number, a word, or what is between two of the signs. */
const BARE = /[^\s{}[\],:"]+/y;

/**
 * A text of JSON laid out in lines, its words as they are: to read and write it anew would round its large numbers and lose
 * what stands in it twice. Undefined where it is no JSON.
 */
export function prettyJson(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  let laid = "";
  let depth = 0;
  let isEmpty = false;
  const newLine = () => `\n${INDENT.repeat(depth)}`;
  for (let at = 0; at < text.length; ) {
    const sign = text.charAt(at);
    if (" \t\n\r".includes(sign)) {
      at += 1;
      continue;
    }
    if (sign === "}" || sign === "]") {
      depth -= 1;
      laid += isEmpty ? sign : newLine() + sign;
      isEmpty = false;
      at += 1;
      continue;
    }
    if (isEmpty) laid += newLine();
    isEmpty = sign === "{" || sign === "[";
    if (isEmpty) depth += 1;
    const end = sign === '"' ? stringEnd(text, at) : isSign(sign) ? at + 1 : bareEnd(text, at);
    laid += text.slice(at, end);
    if (sign === ",") laid += newLine();
    if (sign === ":") laid += " ";
    at = end;
  }
  return laid;
}

function isSign(letter: string): boolean {
  return "{}[],:".includes(letter);
}

/** Behind the quote that is not escaped. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === "\\") at += 1;
    else if (letter === '"') return at + 1;
  }
  return text.length;
}

function bareEnd(text: string, from: number): number {
  BARE.lastIndex = from;
  return BARE.test(text) ? BARE.lastIndex : from + 1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
