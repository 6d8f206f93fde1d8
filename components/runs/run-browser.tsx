"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRef } from "react";
import { RunFiltersBar } from "@/components/runs/run-filters";
import { RunSearch } from "@/components/runs/run-search";
import { RunTable } from "@/components/runs/run-table";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Unread } from "@/components/ui/unread";
import { runFacetsQuery, runListQuery } from "@/lib/client/run-queries";
import { NO_FILTERS, RUN_PAGE_SIZE, type RunFilters, writeRunFilters } from "@/lib/client/run-query-params";

export interface RunBrowserProps {
  filters: RunFilters;
  /** What the link asked for and could not be done. */
  ignored: readonly string[];
  /** Filters live in the address; `replace` leaves no step behind for the back button. */
  onFilters: (filters: RunFilters, how: "push" | "replace") => void;
  ruleTitles: Readonly<Record<string, string>>;
}

/** The second half of the home page: all runs, newest first. */
export function RunBrowser({ filters, ignored, onFilters, ruleTitles }: RunBrowserProps) {
  const section = useRef<HTMLElement>(null);
  const facets = useQuery(runFacetsQuery());
  const push = (next: RunFilters) => onFilters(next, "push");
  const search = (text: string) => {
    const { q: before, ...others } = filters;
    // One step back leads to before the search, not through its letters.
    onFilters(text ? { ...others, q: text } : others, before ? "replace" : "push");
  };
  return (
    <section ref={section} aria-labelledby="all-runs" className="scroll-mt-4">
      <h2 id="all-runs" className="mb-2.5 text-lg font-title tracking-[-0.01em]">
        All runs
      </h2>
      {ignored.length > 0 && (
        <Notice
          tone="warn"
          className="mb-3"
          action={
            <Button size="sm" variant="ghost" onClick={() => onFilters(filters, "replace")}>
              Mend the link
            </Button>
          }
        >
          The link asked for something that does not exist here; it was left out: {ignored.join(", ")}.
        </Notice>
      )}
      <div className="mb-3 flex flex-wrap gap-2">
        <div className="w-60 max-sm:w-full">
          <RunSearch
            value={filters.q ?? ""}
            onChange={search}
            onForeignValue={() => section.current?.scrollIntoView({ block: "start" })}
          />
        </div>
        <RunFiltersBar filters={filters} facets={facets.data} ruleTitles={ruleTitles} onChange={push} />
      </div>
      {filters.q && <MatchingRules text={filters.q} ruleTitles={ruleTitles} />}
      <RunResults filters={filters} ruleTitles={ruleTitles} onClear={() => push(NO_FILTERS)} />
    </section>
  );
}

interface RunResultsProps {
  filters: RunFilters;
  ruleTitles: Readonly<Record<string, string>>;
  onClear: () => void;
}

function RunResults({ filters, ruleTitles, onClear }: RunResultsProps) {
  const list = useInfiniteQuery(runListQuery({ ...filters, limit: RUN_PAGE_SIZE }));
  const question = writeRunFilters(filters).toString();
  if (list.data === undefined) {
    return (
      <Unread what="The runs" error={list.error} onRetry={() => void list.refetch()} rows={8} level={3} />
    );
  }
  const runs = list.data.pages.flatMap((page) => page.runs);
  return (
    <>
      <Card>
        {runs.length === 0 && !question ? (
          // There are runs, or this would be another page: the list is a moment behind.
          <SkeletonRows rows={3} />
        ) : runs.length === 0 ? (
          <EmptyState
            level={3}
            title="No run matches"
            action={<Button onClick={onClear}>Clear filters</Button>}
          >
            Runs are found by pipeline, run id and node. A run that has sent nothing yet is not known here.
          </EmptyState>
        ) : (
          <RunTable
            runs={runs}
            question={question}
            ruleTitles={ruleTitles}
            stale={list.isPlaceholderData && list.isFetching}
          />
        )}
      </Card>
      {list.hasNextPage && (
        <div className="mt-3 flex items-center gap-3">
          <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? "Loading…" : "Show more"}
          </Button>
          <span className="text-muted tabular-nums">The newest {runs.length.toLocaleString("en-US")}</span>
        </div>
      )}
    </>
  );
}

const MOST_RULES = 4;

/** A search that names a rule most likely wants its page. */
function MatchingRules({ text, ruleTitles }: { text: string; ruleTitles: Readonly<Record<string, string>> }) {
  const needle = text.toLowerCase();
  const found = Object.entries(ruleTitles).filter(
    ([id, title]) => id.includes(needle) || title.toLowerCase().includes(needle),
  );
  if (needle.length < 3 || found.length === 0) return null;
  return (
    <p className="mb-3 text-muted">
      {found.length === 1 ? "Rule: " : "Rules: "}
      {found.slice(0, MOST_RULES).map(([id, title], index) => (
        <span key={id}>
          {index > 0 && ", "}
          <Link href={`/rules/${id}`} prefetch={false} className="text-accent hover:underline">
            {title}
          </Link>
        </span>
      ))}
      {found.length > MOST_RULES && ` and ${found.length - MOST_RULES} more`}
    </p>
  );
}
