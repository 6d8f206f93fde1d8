/**
 * Orders two texts by code unit. Unlike localeCompare it gives the same order on every machine,
 * which anything that must not depend on arrival order needs.
 */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
