"use client";

import { useMemo } from "react";
import type { Entry } from "@/components/palette/entry";
import type { Offer } from "@/components/palette/groups";
import { show } from "@/components/palette/palette-state";
import { instantEntry, nodeEntries, runActions, runPlaces } from "@/components/palette/run-entries";
import { useFound } from "@/components/palette/use-found";
import { useOpenRun } from "@/components/palette/use-open-run";
import { useRunAddress } from "@/components/run/use-run-address";
import { NAV_ITEMS } from "@/components/shell/nav-items";
import { chooseTheme, useTheme } from "@/components/shell/theme";
import { useTimeZone } from "@/components/use-time-zone";

export interface PaletteTools {
  readonly copy: (text: string) => void;
}

const THEMES = [
  { value: "light", label: "Use the light theme" },
  { value: "dark", label: "Use the dark theme" },
  { value: "system", label: "Use the theme of the system" },
] as const;

/** All that can be chosen on the page that is open. */
export function useOffers(
  query: string,
  { copy }: PaletteTools,
): { offers: readonly Offer[]; pending: boolean } {
  const open = useOpenRun();
  const [address, go] = useRunAddress();
  const zone = useTimeZone();
  const theme = useTheme();
  const [runs, pipelines, rules, sources] = useFound(query);
  const run = open?.run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the run stands for all of what is open
  const nodes = useMemo(() => (open ? nodeEntries(open) : []), [run]);
  const offers = useMemo((): Offer[] => {
    const actions: Entry[] = [
      ...(open ? instantEntry(query, go, zone) : []),
      ...(open ? runActions(open, { address, go, copy, zone }) : []),
      {
        ...{ id: "action:link", kind: "action", label: "Copy a link to this page", words: "share address" },
        act: () => copy(window.location.href),
      },
      ...THEMES.filter(({ value }) => value !== theme).map(
        ({ value, label }): Entry => ({
          ...{ id: `action:theme-${value}`, kind: "action", label, words: "colour mode switch" },
          act: () => chooseTheme(value),
        }),
      ),
      {
        ...{
          id: "action:keys",
          kind: "action",
          label: "Show the keys of this page",
          words: "shortcuts help",
        },
        act: () => show("keys"),
      },
    ];
    const pages: Entry[] = [
      ...(open ? runPlaces(open) : []),
      ...NAV_ITEMS.map(({ href, label }): Entry => ({ id: `page:${href}`, kind: "page", label, href })),
    ];
    return [
      { kind: "node", entries: nodes },
      { kind: "action", entries: actions },
      runs,
      { kind: "page", entries: pages },
      pipelines,
      rules,
      sources,
      { kind: "search", entries: searchEntry(query), chosen: true },
    ];
  }, [open, nodes, address, go, copy, zone, theme, query, runs, pipelines, rules, sources]);
  return { offers, pending: [runs, pipelines, rules, sources].some(({ pending }) => pending) };
}

/** All that the list of runs finds, where the first few are not enough. */
function searchEntry(query: string): Entry[] {
  const q = query.trim();
  if (q === "") return [];
  const href = `/?${new URLSearchParams({ q })}`;
  return [{ id: `search:${q}`, kind: "search", label: `All runs that answer to “${q}”`, href }];
}
