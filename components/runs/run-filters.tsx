"use client";

import { FilterChip, ToggleChip } from "@/components/ui/filter-chip";
import type { SelectOption } from "@/components/ui/popover-select";
import { StateShape, stateWord } from "@/components/ui/state-shape";
import type { RunFilters } from "@/lib/client/run-query-params";
import { runState } from "@/lib/contract/diagnosis";
import type { RunFacets } from "@/lib/contract/runs";

/** Worst first, as everywhere. */
const STATES = ["stuck", "suspect", "waiting", "slow", "unknown", "progressing", "finished"] as const;

const STATE_OPTIONS: readonly SelectOption[] = STATES.map((state) => ({
  value: state,
  label: stateWord(state),
  icon: <StateShape state={state} size={15} decorative />,
}));

type Within = NonNullable<RunFilters["within"]>;
const TIMES: readonly { value: Within; label: string }[] = [
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 h" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
];

export interface RunFiltersBarProps {
  filters: RunFilters;
  facets: RunFacets | undefined;
  ruleTitles: Readonly<Record<string, string>>;
  onChange: (filters: RunFilters) => void;
}

/** The filters of the run list. "Open" stands for all states but finished, so it and single states part ways. */
export function RunFiltersBar({ filters, facets, ruleTitles, onChange }: RunFiltersBarProps) {
  const open = filters.state.includes("open");
  const set = (part: Partial<RunFilters>) => onChange({ ...filters, ...part });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a form's look and its legend
    <div role="group" aria-label="Filters" className="flex flex-wrap gap-2">
      <ToggleChip pressed={open} onPressedChange={(pressed) => set({ state: pressed ? ["open"] : [] })}>
        Open
      </ToggleChip>
      <FilterChip
        label="State"
        options={STATE_OPTIONS}
        selected={filters.state.filter((state) => state !== "open")}
        onChange={(chosen) => set({ state: runState.options.filter((state) => chosen.includes(state)) })}
      />
      <FilterChip
        label="Pipeline"
        options={named(facets?.pipelines, filters.pipeline)}
        selected={filters.pipeline}
        onChange={(pipeline) => set({ pipeline })}
        emptyText="No pipeline has run yet"
      />
      <FilterChip
        label="Reason"
        options={named(facets?.rules, filters.rule, ruleTitles)}
        selected={filters.rule}
        onChange={(rule) => set({ rule })}
        emptyText="No rule speaks of any run at present"
      />
      <FilterChip
        label="Source"
        options={named(facets?.sources, filters.source)}
        selected={filters.source}
        onChange={(source) => set({ source })}
        emptyText="Nothing has been received yet"
      />
      <FilterChip
        label="Started"
        single
        options={TIMES}
        selected={filters.within ? [filters.within] : []}
        onChange={([chosen]) => {
          const { within: _, ...others } = filters;
          const time = TIMES.find((t) => t.value === chosen);
          onChange(time ? { ...others, within: time.value } : others);
        }}
      />
    </div>
  );
}

/** What occurs, and what the link asks for though it does not occur. */
function named(
  occurring: readonly string[] = [],
  chosen: readonly string[],
  titles: Readonly<Record<string, string>> = {},
): SelectOption[] {
  return [...new Set([...occurring, ...chosen])].map((value) => ({ value, label: titles[value] ?? value }));
}
