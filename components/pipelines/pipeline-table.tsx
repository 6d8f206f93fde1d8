// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

"use client";

import { useQuery } from "@tanstack/react-query";
import { PIPELINE_COLUMNS, PipelineRow } from "@/components/pipelines/pipeline-row";
import { useHeldOrder } from "@/components/runs/use-held-order";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { type GridColumn, GridHead } from "@/components/ui/grid-head";
import { Mono } from "@/components/ui/mono";
import { Unread } from "@/components/ui/unread";
import { formatCount } from "@/lib/base/format";
import { pipelineListQuery } from "@/lib/client/pipeline-queries";
import type { PipelineSummary } from "@/lib/contract/pipelines";

const HEAD: readonly GridColumn[] = [
  ["Pipeline", ""],
  ["Latest runs", "max-md:hidden"],
  ["Usually takes", "max-md:hidden"],
  ["Open", "max-sm:hidden"],
  ["Last run", ""],
];

/** All pipelines, those that ask for somebody first. */
export function PipelineTable({ q }: { q: string }) {
  const list = useQuery(pipelineListQuery(q));
  if (list.data === undefined) {
    return (
      <Unread
        what="The pipelines"
        error={list.error}
        onRetry={() => void list.refetch()}
        rows={6}
        height={62}
      />
    );
  }
  const { pipelines, total } = list.data;
  if (pipelines.length === 0) return <None q={q} />;
  return (
    <>
      <Card>
        <Rows pipelines={pipelines} q={q} />
      </Card>
      {total > pipelines.length && (
        <p className="mt-3 text-muted tabular-nums">
          The first {formatCount(pipelines.length)} of {formatCount(total)}. Search for the others.
        </p>
      )}
    </>
  );
}

function Rows({ pipelines, q }: { pipelines: readonly PipelineSummary[]; q: string }) {
  const items = pipelines.map((pipeline) => ({
    id: JSON.stringify([pipeline.namespace, pipeline.name]),
    pipeline,
  }));
  const { rows, handlers } = useHeldOrder(items, q, "append");
  return (
    <table role="table" aria-label="Pipelines" className="block">
      <GridHead columns={cx("gap-x-3.5", PIPELINE_COLUMNS)} head={HEAD} />
      <tbody role="rowgroup" className="block" {...handlers}>
        {rows.map(({ item }) => (
          <PipelineRow key={item.id} pipeline={item.pipeline} />
        ))}
      </tbody>
    </table>
  );
}

function None({ q }: { q: string }) {
  return (
    <Card>
      {q ? (
        <EmptyState title="No pipeline matches" action={<ButtonLink href="/pipelines">Show all</ButtonLink>}>
          No pipeline has <Mono className="text-text">{q}</Mono> in its name or namespace.
        </EmptyState>
      ) : (
        <EmptyState
          title="No pipeline has run yet"
          action={
            <ButtonLink href="/connect" variant="primary">
              Connect a source
            </ButtonLink>
          }
        >
          A pipeline appears here with the first event of its first run. It is called as the job of that run.
        </EmptyState>
      )}
    </Card>
  );
}
