"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CompareTable } from "@/components/compare/compare-table";
import { KIND_WORDS, kindCounts, shownNodes } from "@/components/compare/compare-words";
import { markWord, pipelineHref, tookMs } from "@/components/pipelines/pipeline-words";
import { Elapsed } from "@/components/runs/live-time";
import { runHref, shownState } from "@/components/runs/run-words";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterChip, ToggleChip } from "@/components/ui/filter-chip";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { StateShape } from "@/components/ui/state-shape";
import { TextWithCode } from "@/components/ui/text-with-code";
import { useTimeZone } from "@/components/use-time-zone";
import {
  formatClock,
  formatCount,
  formatDay,
  formatDuration,
  formatQuantity,
  shortId,
} from "@/lib/base/format";
import { comparisonQuery } from "@/lib/client/comparison-query";
import type { ComparedRun, ComparisonResource } from "@/lib/contract/comparison";
import type { RunMark } from "@/lib/contract/pipelines";

export interface CompareScreenProps {
  runId: string;
  /** The run that the link names; the last good one otherwise. */
  other: string | undefined;
  all: boolean;
  onOther: (id: string) => void;
  onAll: (all: boolean) => void;
}

/** Two runs side by side: the first difference that matters, and all of them below it. */
export function CompareScreen({ runId, other, all, onOther, onAll }: CompareScreenProps) {
  const query = useQuery(comparisonQuery(runId, other));
  const { data: comparison, error } = query;
  if (!comparison) return error ? <Notice tone="warn">{error.message}</Notice> : <SkeletonRows rows={8} />;
  if (!comparison.with) return <NothingToCompare comparison={comparison} onOther={onOther} />;
  const { nodes, alike } = shownNodes(comparison, !all);
  return (
    <>
      <h1 className="max-w-[1040px] text-2xl font-title tracking-[-0.015em] text-pretty max-sm:text-xl">
        <TextWithCode
          text={comparison.headline ?? ""}
          codeClassName="!text-[0.9em] font-semibold tracking-normal"
        />
      </h1>
      <div className="mt-2 mb-4 flex flex-wrap gap-x-[22px] gap-y-1 text-muted">
        <RunWords label="Before" run={comparison.with} />
        <RunWords label="Now" run={comparison.run} />
        {comparison.with.pipeline !== comparison.run.pipeline && (
          <span className="text-suspect">of another pipeline, {comparison.with.pipeline}</span>
        )}
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <ToggleChip pressed={!all} onPressedChange={(pressed) => onAll(!pressed)}>
          Only differences
        </ToggleChip>
        <ChooseRun comparison={comparison} onOther={onOther} />
        <p role="status" className="text-sm text-muted tabular-nums">
          {kindCounts(comparison)
            .map(([kind, n]) => `${KIND_WORDS[kind].toLowerCase()} ${formatCount(n)}`)
            .join(", ")}
          {alike > 0 && `${comparison.nodes.length > alike ? "; " : ""}${formatCount(alike)} alike`}
        </p>
      </div>
      <Card>
        {nodes.length === 0 ? (
          <EmptyState
            title="Nothing differs"
            action={<Button onClick={() => onAll(true)}>Show all {formatQuantity(alike, "row")}</Button>}
          >
            Of what was told of these two runs nothing differs. What was told of one only is not compared.
          </EmptyState>
        ) : (
          <CompareTable
            key={all ? "all" : "differences"}
            comparison={comparison}
            nodes={nodes}
            stale={query.isPlaceholderData && query.isFetching}
          />
        )}
      </Card>
    </>
  );
}

function RunWords({ label, run }: { label: string; run: ComparedRun }) {
  const zone = useTimeZone();
  return (
    <span className="flex flex-wrap items-baseline gap-x-1.5 tabular-nums">
      {label}
      <Link
        href={runHref({ id: run.id, blocker: null })}
        prefetch={false}
        className="rounded-sm font-medium text-text hover:underline"
      >
        <StateShape state={shownState(run)} size={14} decorative className="mr-1" />
        <span className="sr-only">{markWord(run)} </span>
        <Mono>{shortId(run.id)}</Mono>
      </Link>
      <span>
        {formatDay(run.startedAt, zone)} {formatClock(run.startedAt, zone)},{" "}
        {run.endedAt ? "took" : "running for"} <Elapsed from={run.startedAt} to={run.endedAt} />
      </span>
    </span>
  );
}

/** Another run of the pipeline to compare with. */
function ChooseRun({
  comparison,
  onOther,
}: {
  comparison: ComparisonResource;
  onOther: (id: string) => void;
}) {
  const zone = useTimeZone();
  if (comparison.choices.length === 0) return null;
  const words = (run: RunMark) => {
    const took = tookMs(run);
    return `${shortId(run.id)}, ${formatDay(run.startedAt, zone)} ${formatClock(run.startedAt, zone)}${took === undefined ? "" : `, ${formatDuration(took)}`}`;
  };
  return (
    <FilterChip
      label="Compare with another run"
      single
      required
      options={comparison.choices.map((run) => ({
        value: run.id,
        label: words(run),
        icon: <StateShape state={shownState(run)} size={14} />,
      }))}
      // Not the one that it is compared with: the chip is to say what it does.
      selected={[]}
      onChange={([id]) => id !== undefined && onOther(id)}
    />
  );
}

function NothingToCompare({
  comparison,
  onOther,
}: {
  comparison: ComparisonResource;
  onOther: (id: string) => void;
}) {
  return (
    <Card>
      <EmptyState
        level={1}
        icon={<StateShape state="planned" size={28} decorative />}
        title="No run of this pipeline completed before this one"
        action={
          <>
            {comparison.choices.length > 0 && <ChooseRun comparison={comparison} onOther={onOther} />}
            <ButtonLink href={pipelineHref({ ...comparison.run, name: comparison.run.pipeline })}>
              Go to the pipeline
            </ButtonLink>
          </>
        }
      >
        A run is compared with the last good one before it. When there is one, this page shows what differs:
        code, parameters, inputs, environment, the DAG, and what each node took.
      </EmptyState>
    </Card>
  );
}
