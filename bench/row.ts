/** What the bench finds out, a row each: a figure, what it is held against in the same run, and the goal. */
export const GROUPS = [
  "ingest",
  "beats",
  "memory",
  "diagnosis",
  "frontier",
  "detection",
  "list",
  "pages",
] as const;
export type Group = (typeof GROUPS)[number];

export interface Figure {
  readonly value: number;
  readonly unit: string;
}

export interface Row {
  readonly group: Group;
  readonly what: string;
  readonly measured: Figure;
  /** What the figure is held against: measured in the same run, on the same machine, in the same unit. */
  readonly reference?: Figure & { readonly what: string };
  /** A goal of the figure itself, or of its ratio to the reference. */
  readonly goal?: {
    readonly of: "measured" | "ratio";
    readonly is: "at least" | "at most";
    readonly limit: number;
  };
  /** What a reader must know to read the figure aright. */
  readonly notes?: readonly string[];
}

/** The figure over its reference; undefined where there is none to divide by. */
export function ratioOf({ measured, reference }: Row): number | undefined {
  return reference && reference.value !== 0 ? measured.value / reference.value : undefined;
}

/** Whether the goal is met; undefined where there is none. A ratio that could not be had meets no goal. */
export function isMet(row: Row): boolean | undefined {
  const { goal, measured } = row;
  if (!goal) return undefined;
  const value = goal.of === "ratio" ? ratioOf(row) : measured.value;
  if (value === undefined || Number.isNaN(value)) return false;
  return goal.is === "at least" ? value >= goal.limit : value <= goal.limit;
}
