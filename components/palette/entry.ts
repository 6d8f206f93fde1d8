export const ENTRY_KINDS = ["node", "run", "pipeline", "rule", "source", "page", "action", "search"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What the palette offers: a place to go to, or something to do. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly label: string;
  /** What tells it from others of the same name. */
  readonly hint?: string | undefined;
  /** Further words that find it. */
  readonly words?: string | undefined;
  readonly href?: string | undefined;
  readonly act?: (() => void) | undefined;
}

export const KIND_LABELS: Readonly<Record<EntryKind, string>> = {
  node: "Nodes of this run",
  run: "Runs",
  pipeline: "Pipelines",
  rule: "Rules",
  source: "Sources",
  page: "Pages",
  action: "Actions",
  search: "Search",
};

/** What an entry is found by. */
export function textOf({ label, hint, words }: Entry): string {
  return [label, words, hint].filter(Boolean).join(" ");
}
