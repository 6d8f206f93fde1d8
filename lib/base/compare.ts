/**
 * Orders two texts by code unit. Unlike localeCompare it gives the same order on every machine,
 * which anything that must not depend on arrival order needs.
 */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Orders names as people count: `train[2]` before `train[10]`. For what is read; the same on every machine. */
export function byNumberWithin(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const [x = "", y = ""] = [left[i], right[i]];
    const byNumber = Number(x) - Number(y);
    if (byNumber) return byNumber;
    if (x !== y && Number.isNaN(byNumber)) return byCodeUnit(x, y);
  }
  return left.length - right.length || byCodeUnit(a, b);
}
