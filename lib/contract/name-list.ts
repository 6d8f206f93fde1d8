/**
 * Names side by side in one parameter of an address: parted by commas. A comma that belongs to a name stands behind a
 * backslash, and so does a backslash that would else be read as such a mark.
 */
export function joinNames(names: readonly string[]): string {
  return names.map((name) => name.replace(/\\(?=[\\,]|$)|,/g, "\\$&")).join(",");
}

/** Reads what `joinNames` wrote, and what people write by hand: `a,b`. Empty names are none. */
export function splitNames(text: string): string[] {
  const names: string[] = [];
  let name = "";
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i] ?? "";
    const next = text[i + 1];
    if (letter === "\\" && (next === "," || next === "\\")) {
      name += next;
      i += 1;
    } else if (letter === ",") {
      names.push(name);
      name = "";
    } else name += letter;
  }
  names.push(name);
  return names.filter((one) => one !== "");
}
