"use client";

import { CircleDot, CornerDownRight, FileText, Play, Radio, Scale, Search, Workflow } from "lucide-react";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import type { Entry, EntryKind } from "@/components/palette/entry";
import { groupsOf } from "@/components/palette/groups";
import { readRecent } from "@/components/palette/recent";
import { type PaletteTools, useOffers } from "@/components/palette/use-offers";
import { Finder } from "@/components/ui/finder";
import { formatQuantity } from "@/lib/base/format";

const ICONS: Readonly<Record<EntryKind, ReactNode>> = {
  node: <CircleDot size={14} />,
  run: <Play size={14} />,
  pipeline: <Workflow size={14} />,
  rule: <Scale size={14} />,
  source: <Radio size={14} />,
  page: <FileText size={14} />,
  action: <CornerDownRight size={14} />,
  search: <Search size={14} />,
};

export interface PaletteProps extends PaletteTools {
  onChoose: (entry: Entry) => void;
}

/** Anything that has a name, found by typing. */
export function Palette({ onChoose, ...tools }: PaletteProps) {
  const [query, setQuery] = useState("");
  // Tens of thousands of nodes are looked through after the letter is seen, and not at all if the next is there already.
  const asked = useDeferredValue(query);
  const { offers, pending } = useOffers(asked, tools);
  const [remembered] = useState(readRecent);
  const groups = useMemo(() => {
    if (asked !== "") return groupsOf(asked, offers, []);
    const known = new Map(offers.flatMap(({ entries }) => entries.map((entry) => [entry.id, entry])));
    // Something to do can only be done where it is offered.
    const recent = remembered.flatMap((entry): Entry[] => {
      const here = known.get(entry.id);
      return here ? [here] : entry.href ? [entry] : [];
    });
    return groupsOf(asked, offers, recent);
  }, [asked, offers, remembered]);
  const entries = groups.flatMap((group) => group.entries.map(({ entry }) => entry));
  return (
    <Finder
      label="Search, or go to anything"
      placeholder="Run, node, pipeline, rule or action"
      value={query}
      onValueChange={setQuery}
      groups={groups.map(({ label, note, entries: shown }) => ({
        label,
        note,
        options: shown.map(({ entry, found }) => ({
          ...{ id: entry.id, label: entry.label, hint: entry.hint, found },
          icon: ICONS[entry.kind],
        })),
      }))}
      emptyText={pending ? "Searching…" : "Nothing to choose from"}
      status={pending ? "" : formatQuantity(entries.length, "choice")}
      onChoose={(id) => {
        const chosen = entries.find((entry) => entry.id === id);
        if (chosen) onChoose(chosen);
      }}
    />
  );
}
