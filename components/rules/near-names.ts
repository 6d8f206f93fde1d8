import type { RuleResource } from "@/lib/contract/rules";

/** The rules whose ids are nearest to what was asked for, nearest first; none where nothing is near. */
export function nearRules<T extends Pick<RuleResource, "id" | "title">>(
  asked: string,
  rules: readonly T[],
  most = 5,
): T[] {
  const wanted = asked.toLowerCase().trim();
  if (!wanted) return [];
  return rules
    .map((rule) => ({ rule, distance: distanceTo(wanted, rule) }))
    .filter(({ distance }) => distance <= Math.max(3, wanted.length * 0.5))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ rule }) => rule);
}

/** A shared word counts more than letters: `lost` is near `lost-completion`. */
function distanceTo(wanted: string, rule: Pick<RuleResource, "id" | "title">): number {
  const words = new Set(wanted.split(/[^a-z0-9]+/).filter((word) => word.length > 2));
  const known = `${rule.id} ${rule.title}`.toLowerCase().split(/[^a-z0-9]+/);
  if (known.some((word) => words.has(word))) return 0.5 + editDistance(wanted, rule.id) / 1_000;
  return editDistance(wanted, rule.id);
}

/** Levenshtein: letters to add, drop or change. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
