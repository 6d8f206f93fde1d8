"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { BaselineChoice } from "@/components/node/baseline-choice";
import { runPageHref } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValue } from "@/components/ui/key-value";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { TextWithCode } from "@/components/ui/text-with-code";
import { formatQuantity, shortId } from "@/lib/base/format";
import { nodeQuery } from "@/lib/client/node-queries";
import type { CacheResource, NodeDetail } from "@/lib/contract/nodes";

const TONES: Readonly<Record<string, BadgeTone>> = { HIT: "reuse", WAITING: "wait", POPULATED: "ok" };
const LINK = "underline decoration-line underline-offset-2 hover:decoration-current";

export interface CacheTabProps {
  runId: string;
  at: string | undefined;
  detail: NodeDetail;
}

/** Whether the work was reused, and what made the difference. */
export function CacheTab({ runId, at, detail }: CacheTabProps) {
  const [{ baseline }, go] = useRunAddress();
  const chosen = useQuery({
    ...nodeQuery(runId, detail.node.key, at, baseline),
    enabled: baseline !== undefined,
  });
  // While another is fetched, and where it cannot be had, the last one stays.
  const shown = (baseline !== undefined && chosen.data) || detail;
  const cache = shown.attempts[0]?.cache;
  if (!cache) {
    return (
      <EmptyState level={3} title="No word about reuse">
        No event of this node says how its cache decided, so it cannot be told why it ran, or ran again.
      </EmptyState>
    );
  }
  const reason = detail.node.cache?.reason ?? cache.reason;
  return (
    <>
      <div className="px-[18px] pt-2 pb-3.5">
        {reason && <TextWithCode text={reason} className="mb-3 block text-pretty" />}
        {baseline !== undefined && chosen.isError && (
          <Notice
            tone="warn"
            action={
              <Button size="sm" onClick={() => go({ baseline: undefined })}>
                Compare with the nearest
              </Button>
            }
          >
            <TextWithCode text={chosen.error.message} />
          </Notice>
        )}
        <KeyValue items={facts(cache)} />
        <button
          type="button"
          onClick={() => go({ event: cache.eventId }, "push")}
          className={cx("mt-2 rounded-sm text-sm text-muted hover:text-text", LINK)}
        >
          The message that says so
        </button>
      </div>
      {cache.components.length > 0 && detail.executions.length > 0 && (
        <Section title="Compared with">
          <BaselineChoice cache={cache} executions={detail.executions} />
        </Section>
      )}
      {cache.components.length > 0 && (
        <Section
          title="What the key is made of"
          aside={
            cache.baseline && (
              <span className="text-sm text-muted">
                {formatQuantity(cache.components.filter((c) => c.changed).length, "difference")}
              </span>
            )
          }
        >
          <Components cache={cache} />
        </Section>
      )}
    </>
  );
}

function facts(cache: CacheResource) {
  const { reusedFrom } = cache;
  return [
    {
      label: "Decision",
      value: (
        <Badge tone={TONES[cache.status] ?? "slow"}>{cache.status.toLowerCase().replaceAll("_", " ")}</Badge>
      ),
    },
    ...(cache.key ? [{ label: "Key", value: <Mono>{cache.key}</Mono> }] : []),
    ...(reusedFrom
      ? [
          {
            label: "Reused from",
            value: (
              <Link
                className={LINK}
                href={runPageHref(
                  reusedFrom.attemptId,
                  reusedFrom.nodeKey ? { node: reusedFrom.nodeKey } : {},
                )}
              >
                {reusedFrom.nodeKey && <Mono>{reusedFrom.nodeKey} in </Mono>}
                <Mono>{shortId(reusedFrom.attemptId, 8)}</Mono>
              </Link>
            ),
          },
        ]
      : []),
  ];
}

function Components({ cache }: { cache: CacheResource }) {
  return (
    <div className="-mx-[18px] overflow-x-auto">
      <table className="w-full min-w-[400px] text-left text-sm">
        <thead className="text-xs text-faint">
          <tr>
            <th scope="col" className="py-1 pl-[18px] font-semibold">
              Part
            </th>
            {cache.baseline && (
              <th scope="col" className="px-2 py-1 font-semibold">
                Before
              </th>
            )}
            <th scope="col" className="py-1 pr-[18px] pl-2 font-semibold">
              Now
            </th>
          </tr>
        </thead>
        <tbody>
          {cache.components.map((part) => (
            <tr
              key={`${part.kind} ${part.name}`}
              className={cx("border-t border-line2 align-top", part.changed && "bg-slow-bg")}
            >
              <th scope="row" className="py-1.5 pl-[18px] font-normal">
                <span className={cx("mono", part.changed && "font-semibold")}>{part.name}</span>
                <span className="block text-xs text-muted">
                  {part.kind}
                  {part.changed && ", changed"}
                </span>
              </th>
              {cache.baseline && <td className="mono px-2 py-1.5 text-muted">{part.before ?? "absent"}</td>}
              <td className={cx("mono py-1.5 pr-[18px] pl-2", !part.changed && "text-muted")}>
                {part.now ?? "absent"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
