"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { CauseList } from "@/components/pipelines/cause-list";
import { HistoryGrid } from "@/components/pipelines/history-grid";
import { LiveAge } from "@/components/runs/live-time";
import { runHref, shownState } from "@/components/runs/run-words";
import { sourceHref } from "@/components/sources/source-words";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonRows } from "@/components/ui/skeleton";
import { StateShape } from "@/components/ui/state-shape";
import { TextWithCode } from "@/components/ui/text-with-code";
import { Duration } from "@/components/ui/time";
import { formatCount, formatQuantity } from "@/lib/base/format";
import { pipelineQuery } from "@/lib/client/pipeline-queries";
import type { PipelineDetail } from "@/lib/contract/pipelines";

export type Groups = "folded" | "open";

export interface PipelineScreenProps {
  namespace: string;
  name: string;
  node: string | undefined;
  groups: Groups;
  onGroups: (groups: Groups) => void;
}

/** One pipeline: how its newest run stands, and what its runs before can tell. */
export function PipelineScreen({ namespace, name, node, groups, onGroups }: PipelineScreenProps) {
  const { data: pipeline, error } = useQuery(pipelineQuery(namespace, name));
  // The page brings its first answer along.
  if (!pipeline) return error ? <Notice tone="warn">{error.message}</Notice> : <SkeletonRows rows={8} />;
  const { rows, columns } = pipeline.grid;
  const lost = node !== undefined && !rows.some((row) => row.key === node) ? node : undefined;
  return (
    <>
      <Head pipeline={pipeline} />
      {lost !== undefined && (
        <Notice tone="warn" className="mb-4">
          The link asked for node={lost}, which none of these runs has.
        </Notice>
      )}
      <Part
        title={`Latest ${formatQuantity(pipeline.runs.length, "run")}, node by node`}
        aside={
          rows.some((row) => row.group !== null) && (
            <Segmented
              label="Groups"
              options={[
                { value: "folded", label: "Folded" },
                { value: "open", label: "Open" },
              ]}
              value={groups}
              onValueChange={onGroups}
            />
          )
        }
      >
        {rows.length === 0 ? (
          <Card>
            <EmptyState level={3} title="No node has been heard of yet">
              Its nodes appear here with their first events, or with the plan of its DAG.
            </EmptyState>
          </Card>
        ) : (
          <HistoryGrid
            key={`${namespace} ${name}`}
            pipeline={pipeline}
            node={node}
            allOpen={groups === "open"}
          />
        )}
        {columns.length < pipeline.runs.length && (
          <p className="mt-2 text-sm text-muted">
            With so many nodes the grid has room for the latest {formatQuantity(columns.length, "run")}.
          </p>
        )}
      </Part>
      <Part title="Most frequent causes">
        <Card>
          <CauseList pipeline={pipeline} />
        </Card>
      </Part>
    </>
  );
}

function Head({ pipeline }: { pipeline: PipelineDetail }) {
  const { namespace, name, source, usual, cache, totalRuns, runs } = pipeline;
  const newest = runs[0];
  const open = runs.filter((run) => run.state !== "finished").length;
  return (
    <div className="mb-5">
      <h1 className="mono text-xl font-title wrap-anywhere">{name}</h1>
      {newest && (
        <p className="mt-1.5 flex items-baseline gap-2 text-pretty">
          <StateShape state={shownState(newest)} size={15} className="translate-y-[2px]" />
          <span className="min-w-0 wrap-anywhere">
            <Link href={runHref(newest)} prefetch={false} className="font-medium hover:underline">
              <TextWithCode text={newest.headline} codeClassName="font-semibold" />
            </Link>{" "}
            <span className="text-muted">
              Newest run, <LiveAge at={newest.startedAt} />
            </span>
          </span>
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-x-[22px] gap-y-0.5 text-muted tabular-nums">
        <span>
          <Link
            href={`/?${new URLSearchParams({ q: name })}`}
            prefetch={false}
            className="text-accent hover:underline"
          >
            {formatQuantity(totalRuns, "run")}
          </Link>
        </span>
        {open > 0 && <span>{formatCount(open)} open</span>}
        {usual && (
          <span>
            Usually takes{" "}
            <b className="font-medium text-text">
              <Duration ms={usual.medianMs} />
            </b>
            , p95 <Duration ms={usual.p95Ms} />, from {formatQuantity(usual.samples, "run")}
          </span>
        )}
        {cache.asked > 0 && (
          <span>
            Reused <b className="font-medium text-text">{Math.round((cache.reused / cache.asked) * 100)}%</b>{" "}
            of {formatQuantity(cache.asked, "node")}
          </span>
        )}
        <span>
          Source{" "}
          <Link
            href={sourceHref(source)}
            prefetch={false}
            className="rounded-sm font-medium text-text hover:underline"
          >
            {source}
          </Link>
          {namespace !== source && (
            <>
              , namespace <span className="mono text-text">{namespace}</span>
            </>
          )}
        </span>
      </div>
    </div>
  );
}

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="mb-5">
      <div className="mb-2 flex min-h-[28px] items-center justify-between gap-3">
        <SectionHead level={2}>{title}</SectionHead>
        {aside}
      </div>
      {children}
    </section>
  );
}
