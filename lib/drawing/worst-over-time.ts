/** Something that weighs from an instant on: more than it did, less, or nothing any more. */
export interface Weighing {
  readonly key: string;
  readonly at: number;
  /** 0 where it has ended. */
  readonly weight: number;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** The heaviest of all that weighed. */
  readonly weight: number;
  /** How many weighed so much. */
  readonly count: number;
}

/** What weighed most when: stretches in order that do not overlap, up to `until`; without those on which nothing did. */
export function worstOverTime(weighings: readonly Weighing[], until: number): Stretch[] {
  const now = new Map<string, number>();
  const stretches: Stretch[] = [];
  const ordered = [...weighings].sort((a, b) => a.at - b.at);
  ordered.forEach(({ key, at, weight }, i) => {
    if (weight > 0) now.set(key, weight);
    else now.delete(key);
    const to = Math.min(ordered[i + 1]?.at ?? until, until);
    if (to <= at || now.size === 0) return;
    const heaviest = [...now.values()].reduce((most, w) => Math.max(most, w));
    const count = [...now.values()].filter((w) => w === heaviest).length;
    const last = stretches.at(-1);
    if (last?.to === at && last.weight === heaviest && last.count === count) stretches.pop();
    const from = last && !stretches.includes(last) ? last.from : at;
    stretches.push({ from, to, weight: heaviest, count });
  });
  return stretches;
}
