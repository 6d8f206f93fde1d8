const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c] as const;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d] as const;

/**
 * The items of a JSON array as they are written in it, without the white space around them. Only what lies between them
 * is looked at: the text is JSON if it is well-formed, which is what is returned in the end, and each item is JSON. No
 * part of UTF-8's longer characters can be taken for one of the signs that matter.
 */
export function* arrayItems(text: Uint8Array): Generator<Uint8Array, boolean> {
  let at = skipSpace(text, 0);
  if (text[at] !== OPEN_LIST) return false;
  at = skipSpace(text, at + 1);
  if (text[at] === CLOSE_LIST) return skipSpace(text, at + 1) === text.length;
  for (;;) {
    const end = endOfItem(text, at);
    const sign = text[end];
    if (end === at || (sign !== COMMA && sign !== CLOSE_LIST)) return false;
    yield text.subarray(at, skipSpaceBack(text, end));
    at = skipSpace(text, end + 1);
    if (sign === CLOSE_LIST) return at === text.length;
  }
}

/** Where the comma or bracket is that ends an item; what is not there where none does. */
function endOfItem(text: Uint8Array, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    switch (text[at]) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth += 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        if (depth === 0) return at;
        depth -= 1;
        break;
      case COMMA:
        if (depth === 0) return at;
        break;
      default:
    }
  }
  return text.length;
}

/** Where the quote is that ends the string that begins here. */
function endOfString(text: Uint8Array, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const sign = text[at];
    if (sign === QUOTE) return at;
    if (sign === BACKSLASH) at += 1;
  }
  return text.length;
}

/** JSON's white space, and no other. */
function isSpace(sign: number | undefined): boolean {
  return sign === 0x20 || sign === 0x0a || sign === 0x0d || sign === 0x09;
}

function skipSpace(text: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(text[at])) at += 1;
  return at;
}

function skipSpaceBack(text: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(text[at - 1])) at -= 1;
  return at;
}
