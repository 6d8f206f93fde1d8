// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

"use client";

import { useQuery } from "@tanstack/react-query";
import { SOURCE_COLUMNS, SourceRow } from "@/components/sources/source-row";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { type GridColumn, GridHead } from "@/components/ui/grid-head";
import { Unread } from "@/components/ui/unread";
import { formatCount } from "@/lib/base/format";
import { sourceListQuery } from "@/lib/client/source-queries";

const HEAD: readonly GridColumn[] = [
  ["Source", ""],
  ["State", ""],
  ["Last message", ""],
  ["Messages per hour, 24 h", "max-lg:hidden"],
  ["Its clock", "max-lg:hidden"],
  ["Not taken, 24 h", "max-lg:hidden"],
  ["Runs", ""],
];

/** All sources, those that ask for somebody first. */
export function SourceTable() {
  const list = useQuery(sourceListQuery());
  if (list.data === undefined) {
    return (
      <Unread
        what="The sources"
        error={list.error}
        onRetry={() => void list.refetch()}
        rows={4}
        height={62}
      />
    );
  }
  const { sources, total } = list.data;
  if (sources.length === 0) {
    return (
      <Card>
        <EmptyState
          title="Nothing has been heard of any source"
          action={
            <ButtonLink href="/connect" variant="primary">
              Connect a source
            </ButtonLink>
          }
        >
          A source appears here with its first message, be it taken or refused. What is refused is shown with
          the reason, so that you see what to mend.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <Card>
        <table role="table" aria-label="Sources" className="block">
          <GridHead columns={cx("gap-x-3.5", SOURCE_COLUMNS)} head={HEAD} />
          <tbody role="rowgroup" className="block">
            {sources.map((source) => (
              <SourceRow key={source.name} source={source} />
            ))}
          </tbody>
        </table>
      </Card>
      {total > sources.length && (
        <p className="mt-3 text-muted tabular-nums">
          The {formatCount(sources.length)} that were heard last, of {formatCount(total)}.
        </p>
      )}
    </>
  );
}
