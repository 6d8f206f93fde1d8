// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { LiveAge } from "@/components/runs/live-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Confirm } from "@/components/ui/confirm";
import { cx } from "@/components/ui/cx";
import { type GridColumn, GridHead } from "@/components/ui/grid-head";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { keyListQuery, revokeKey } from "@/lib/client/key-queries";
import type { KeyResource } from "@/lib/contract/keys";

const COLUMNS = "sm:grid-cols-[minmax(0,1fr)_72px_112px_112px_136px]";
const HEAD: readonly GridColumn[] = [
  ["Key", ""],
  ["Scope", ""],
  ["Made", ""],
  ["Last used", ""],
  ["What can be done", "sr-only"],
];

/** All keys, the newest first, and those that were revoked last. */
export function KeyTable({ keys, changeable }: { keys: readonly KeyResource[]; changeable: boolean }) {
  const client = useQueryClient();
  const revoking = useMutation({
    ...revokeKey,
    onSettled: () => client.invalidateQueries(keyListQuery()),
  });
  return (
    <>
      {revoking.isError && <Notice tone="warn">The key was not revoked: {revoking.error.message}</Notice>}
      <Card>
        <table role="table" aria-label="Keys" className="block">
          <GridHead columns={cx("gap-x-3.5", COLUMNS)} head={HEAD} />
          <tbody role="rowgroup" className="block">
            {keys.map((key) => (
              <KeyRow
                key={key.id}
                held={key}
                onRevoke={changeable ? () => revoking.mutate(key.id) : undefined}
              />
            ))}
          </tbody>
        </table>
      </Card>
    </>
  );
}

function KeyRow({ held, onRevoke }: { held: KeyResource; onRevoke: (() => void) | undefined }) {
  const { name, scope, prefix, createdAt, lastUsedAt, revokedAt } = held;
  const isRevoked = revokedAt !== null;
  return (
    <tr
      role="row"
      className={cx(
        "grid min-h-[62px] items-center gap-x-3.5 gap-y-1 border-b border-line2 px-4 py-2.5 last:border-0",
        "grid-cols-[minmax(0,1fr)_auto] max-sm:px-3",
        COLUMNS,
      )}
    >
      <td role="cell" className="min-w-0">
        <span
          className={cx("block truncate font-medium", isRevoked && "text-muted line-through")}
          title={name}
        >
          {name}
        </span>
        <Mono className="text-sm text-muted">{prefix}…</Mono>
      </td>
      <td role="cell" className="max-sm:text-right">
        <Badge>{scope}</Badge>
      </td>
      <td role="cell" className="text-muted max-sm:text-sm">
        <span className="sm:hidden">made </span>
        <LiveAge at={createdAt} />
      </td>
      <td role="cell" className="text-muted max-sm:text-right max-sm:text-sm">
        <span className="sm:hidden">used </span>
        {lastUsedAt === null ? <span className="text-faint">never</span> : <LiveAge at={lastUsedAt} />}
      </td>
      <td role="cell" className="max-sm:col-span-2 sm:text-right">
        {isRevoked ? (
          <span className="text-sm text-muted">
            revoked <LiveAge at={revokedAt} />
          </span>
        ) : (
          onRevoke && (
            <Confirm
              trigger={
                <Button size="sm" aria-label={`Revoke ${name}`}>
                  Revoke…
                </Button>
              }
              title={`Revoke the key of ${name}?`}
              action="Revoke it"
              onConfirm={onRevoke}
            >
              Whoever uses it is turned away from then on, at the latest after five seconds. It cannot be
              undone; a new key can be made.
            </Confirm>
          )
        )}
      </td>
    </tr>
  );
}
