import { type Entry, type EntryKind, KIND_LABELS, textOf } from "@/components/palette/entry";
import { match, rank } from "@/components/palette/rank";

/** What is offered of one kind, before anything is typed into it. */
export interface Offer {
  readonly kind: EntryKind;
  readonly entries: readonly Entry[];
  /** Chosen by the server, which looks at more than we have: all of them are shown. */
  readonly chosen?: boolean;
  readonly error?: string | undefined;
}

export interface Group {
  readonly label: string;
  readonly note: string | undefined;
  readonly entries: readonly { readonly entry: Entry; readonly found: readonly number[] }[];
}

/** So many of a kind are shown; of the nodes, which have no page of their own, more. */
const MOST = 6;
const MOST_NODES = 12;
/** Before anything was typed, less: it is there to be overlooked. */
const MOST_UNASKED = 4;

/** The best of each kind, that with the best answer first. Without a query: what was chosen last, then some of each. */
export function groupsOf(query: string, offers: readonly Offer[], recent: readonly Entry[]): Group[] {
  const asked = query.trim() !== "";
  const shown = new Set(asked ? [] : recent.map(({ id }) => id));
  const groups = offers.map(({ kind, entries, chosen = false, error }, place) => {
    const most =
      kind === "action" && !asked ? 8 : asked ? (kind === "node" ? MOST_NODES : MOST) : MOST_UNASKED;
    const others = entries.filter(({ id }) => !shown.has(id));
    const { best, total } = chosen
      ? { best: others.slice(0, most), total: 0 }
      : rank(query, others, textOf, most);
    const first = best[0];
    const group: Group = {
      label: KIND_LABELS[kind],
      note: error
        ? `could not be searched: ${error}`
        : total > best.length
          ? `${best.length} of ${total.toLocaleString("en-US")}${asked ? "; type more to narrow them" : ""}`
          : undefined,
      entries: best.map((entry) => ({ entry, found: lettersOf(query, entry) })),
    };
    // What holds the very words that were typed, since it says them back, is the way for those who found nothing else.
    const score = kind === "search" ? -1 : asked && first ? (match(query, textOf(first))?.score ?? 0) : 0;
    return { group, score, place };
  });
  const filled = groups.filter(({ group }) => group.entries.length > 0 || group.note !== undefined);
  filled.sort((a, b) => b.score - a.score || a.place - b.place);
  const last: Group[] =
    asked || recent.length === 0
      ? []
      : [{ label: "Chosen last", note: undefined, entries: recent.map((entry) => ({ entry, found: [] })) }];
  return [...last, ...filled.map(({ group }) => group)];
}

/** The letters of the label that answer. */
function lettersOf(query: string, entry: Entry): readonly number[] {
  return (match(query, textOf(entry))?.at ?? []).filter((place) => place < entry.label.length);
}
