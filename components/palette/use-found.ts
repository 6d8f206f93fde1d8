"use client";

import { type InfiniteData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { type Entry, type EntryKind, textOf } from "@/components/palette/entry";
import { match } from "@/components/palette/rank";
import { pipelineHref } from "@/components/pipelines/pipeline-words";
import { runHref, shownState } from "@/components/runs/run-words";
import { sourceHref } from "@/components/sources/source-words";
import { stateWord } from "@/components/ui/state-shape";
import { shortId } from "@/lib/base/format";
import { pipelineListQuery } from "@/lib/client/pipeline-queries";
import { ruleListQuery } from "@/lib/client/rule-queries";
import { runListQuery } from "@/lib/client/run-queries";
import { NO_FILTERS } from "@/lib/client/run-query-params";
import { sourceListQuery } from "@/lib/client/source-queries";
import type { PipelineList } from "@/lib/contract/pipelines";
import type { RuleResource } from "@/lib/contract/rules";
import type { RunList } from "@/lib/contract/runs";
import type { SourceList } from "@/lib/contract/sources";

/** Long enough not to ask at every letter. */
const PAUSE_MS = 150;
const MOST_RUNS = 6;

/** What the server has of one kind. */
export interface Found {
  readonly kind: EntryKind;
  readonly entries: readonly Entry[];
  /** The server chose them by the query; else they are all there are. */
  readonly chosen: boolean;
  readonly pending: boolean;
  readonly error: string | undefined;
}

/** Runs and pipelines are searched by the server: there may be very many. Rules and sources are few, and asked for whole. */
export function useFound(query: string): readonly [Found, Found, Found, Found] {
  const q = usePaused(query.trim(), PAUSE_MS);
  const once = { refetchInterval: false, refetchOnWindowFocus: false } as const;
  const filters = q === "" ? NO_FILTERS : { ...NO_FILTERS, q };
  const runs = useInfiniteQuery({ ...runListQuery({ ...filters, limit: MOST_RUNS }), ...once });
  const pipelines = useQuery({ ...pipelineListQuery(q), ...once });
  const rules = useQuery(ruleListQuery());
  const sources = useQuery({ ...sourceListQuery(), ...once });
  const isLate = q !== query.trim();
  return [
    useKind({ kind: "run", chosen: true }, query, isLate, runs, runEntries),
    useKind({ kind: "pipeline", chosen: true }, query, isLate, pipelines, pipelineEntries),
    useKind({ kind: "rule", chosen: false }, query, false, rules, ruleEntries),
    useKind({ kind: "source", chosen: false }, query, false, sources, sourceEntries),
  ];
}

interface Answer<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly isPlaceholderData: boolean;
}

/** What was found of one kind: the same object until something of it changes, so that nothing is ranked in vain. */
function useKind<T>(
  { kind, chosen }: Pick<Found, "kind" | "chosen">,
  query: string,
  isLate: boolean,
  { data, error, isFetching, isPlaceholderData }: Answer<T>,
  entriesOf: (data: T) => Entry[],
): Found {
  const entries = useMemo(() => (data === undefined ? NONE : entriesOf(data)), [data, entriesOf]);
  // The answer to what was typed before is of use only as far as it answers this too.
  const stale = chosen && (isLate || isPlaceholderData) ? query : "";
  const shown = useMemo(
    () => (stale === "" ? entries : entries.filter((entry) => match(stale, textOf(entry)))),
    [entries, stale],
  );
  const pending = isFetching || isLate;
  const message = error?.message;
  return useMemo(
    () => ({ kind, chosen, entries: shown, pending, error: message }),
    [kind, chosen, shown, pending, message],
  );
}

const NONE: readonly Entry[] = [];

function runEntries({ pages }: InfiniteData<RunList>): Entry[] {
  return (pages[0]?.runs ?? []).map((run) => ({
    ...{ id: `run:${run.id}`, kind: "run", words: run.id, href: runHref(run) },
    label: `${run.pipeline} ${shortId(run.id)}`,
    hint: stateWord(shownState(run)),
  }));
}

function pipelineEntries({ pipelines }: PipelineList): Entry[] {
  return pipelines.map(({ namespace, name }) => ({
    ...{ id: `pipeline:${namespace}/${name}`, kind: "pipeline", label: name, hint: namespace },
    href: pipelineHref({ namespace, name }),
  }));
}

function ruleEntries({ rules }: { rules: readonly RuleResource[] }): Entry[] {
  return rules.map(({ id, title, ruleClass }) => ({
    ...{ id: `rule:${id}`, kind: "rule", label: title, words: id, hint: ruleClass },
    href: `/rules/${encodeURIComponent(id)}`,
  }));
}

function sourceEntries({ sources }: SourceList): Entry[] {
  return sources.map(({ name, integration }) => ({
    ...{ id: `source:${name}`, kind: "source", label: name, hint: integration ?? undefined },
    href: sourceHref(name),
  }));
}

function usePaused(value: string, ms: number): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return paused;
}
