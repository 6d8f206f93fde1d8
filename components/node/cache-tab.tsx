"use client";

import Link from "next/link";
import { runPageHref } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { LiveAge } from "@/components/runs/live-time";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValue } from "@/components/ui/key-value";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { TextWithCode } from "@/components/ui/text-with-code";
import { formatQuantity, shortId } from "@/lib/base/format";
import type { CacheResource, NodeDetail } from "@/lib/contract/nodes";

const TONES: Readonly<Record<string, BadgeTone>> = { HIT: "reuse", WAITING: "wait", POPULATED: "ok" };
const LINK = "underline decoration-line underline-offset-2 hover:decoration-current";

/** Whether the work was reused, and what made the difference. */
export function CacheTab({ detail }: { detail: NodeDetail }) {
  const [, go] = useRunAddress();
  const cache = detail.attempts[0]?.cache;
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
        <KeyValue items={facts(cache)} />
        <button
          type="button"
          onClick={() => go({ event: cache.eventId }, "push")}
          className={cx("mt-2 rounded-sm text-sm text-muted hover:text-text", LINK)}
        >
          The message that says so
        </button>
      </div>
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
  const { reusedFrom, baseline } = cache;
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
    ...(baseline
      ? [
          {
            label: "Compared with",
            value: (
              <>
                <Link className={LINK} href={runPageHref(baseline.attemptId)}>
                  run <Mono>{shortId(baseline.runId)}</Mono>
                </Link>
                , <LiveAge at={baseline.endedAt} />
              </>
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
