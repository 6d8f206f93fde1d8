"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRunAddress } from "@/components/run/use-run-address";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { JsonView } from "@/components/ui/json-view";
import { KeyValue } from "@/components/ui/key-value";
import { Mark } from "@/components/ui/marks";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { formatCount, formatQuantity } from "@/lib/base/format";
import { recordQuery } from "@/lib/client/node-queries";
import type { FacetResource, RecordPartResource, RecordResource } from "@/lib/contract/record";

const LINK = "underline decoration-line underline-offset-2 hover:decoration-current";

const GROUPS: readonly (readonly [RecordPartResource["group"], string])[] = [
  ["run", "Run"],
  ["job", "Job"],
  ["inputs", "Inputs"],
  ["outputs", "Outputs"],
  ["life", "Signs of life"],
  ["cache", "Cache"],
  ["waits", "Waits"],
];

/** Our own facets are described here; the standard's in its documentation. */
const SCHEMAS: Readonly<Record<string, string>> = {
  unstuck_attempt: "UnstuckAttemptRunFacet",
  unstuck_cache: "UnstuckCacheRunFacet",
  unstuck_compute: "UnstuckComputeRunFacet",
  unstuck_heartbeat: "UnstuckHeartbeatRunFacet",
  unstuck_output: "UnstuckOutputOutputDatasetFacet",
  unstuck_plan: "UnstuckPlanJobFacet",
  unstuck_process: "UnstuckProcessRunFacet",
  unstuck_wait: "UnstuckWaitRunFacet",
};

export interface RecordTabProps {
  runId: string;
  nodeKey: string;
  at: string | undefined;
}

/** What a complete record has, and what is missing here; who told it, and what came that nobody reads. */
export function RecordTab({ runId, nodeKey, at }: RecordTabProps) {
  const { data: record, error } = useQuery(recordQuery(runId, nodeKey, at));
  if (!record) {
    return error ? (
      <div className="p-[18px]">
        <Notice tone="warn">The record could not be read: {error.message}</Notice>
      </div>
    ) : (
      <SkeletonRows rows={8} height={44} />
    );
  }
  if (record.attemptId === null) {
    return (
      <EmptyState level={3} title="No record yet">
        The plan names this node; no event has told of an attempt at it.
      </EmptyState>
    );
  }
  const present = record.parts.filter((part) => part.told !== null).length;
  return (
    <>
      <p className="px-[18px] pt-2 pb-3.5 text-pretty">
        The latest attempt tells <b className="font-semibold">{formatCount(present)}</b> of the{" "}
        {formatQuantity(record.parts.length, "part")} that a complete record has. How to send the others:{" "}
        <Link href="/connect?with=facets" className={LINK}>
          Connect
        </Link>
        .
      </p>
      {GROUPS.map(([group, title]) => (
        <Parts key={group} title={title} parts={record.parts.filter((part) => part.group === group)} />
      ))}
      <Told record={record} />
      <Unread facets={record.facets} />
    </>
  );
}

function Parts({ title, parts }: { title: string; parts: readonly RecordPartResource[] }) {
  const present = parts.filter((part) => part.told !== null).length;
  return (
    <Section
      title={title}
      aside={<span className="text-sm tabular-nums text-muted">{`${present} of ${parts.length}`}</span>}
    >
      <ul className="grid gap-2.5">
        {parts.map((part) => (
          <li key={part.id} className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2">
            <Mark name={part.told === null ? "declared" : "written"} className="translate-y-[3px]" />
            <div className="min-w-0">
              <span className={cx("font-medium", part.told === null && "text-muted")}>{part.title}</span>
              <span className="text-muted">{part.told === null && ": missing"}</span>
              {part.told !== null && (
                <span className="[overflow-wrap:anywhere] text-muted">: {part.told}</span>
              )}
              {part.told === null && (
                <span className="block text-sm text-pretty text-muted">
                  {part.lets} Told by <By names={part.by} />.
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The names of facets in a text, ours with their schema. */
function By({ names }: { names: string }) {
  return names.split(/(unstuck_\w+)/).map((part) => {
    const schema = SCHEMAS[part];
    return schema === undefined ? (
      part && <Mono key={part}>{part}</Mono>
    ) : (
      <a key={part} href={`/schemas/facets/1-0-0/${schema}.json`} className={LINK}>
        <Mono>{part}</Mono>
      </a>
    );
  });
}

function Told({ record }: { record: RecordResource }) {
  const [, go] = useRunAddress();
  const { messages, producers, facets, notes } = record;
  const read = facets.filter((facet) => facet.read);
  const some = messages.read < messages.total;
  return (
    <>
      <Section
        title="Told by"
        aside={
          <span className="text-sm tabular-nums text-muted">
            {some
              ? `the latest ${formatCount(messages.read)} of ${formatQuantity(messages.total, "message")}`
              : formatQuantity(messages.total, "message")}
          </span>
        }
      >
        <KeyValue
          items={[
            {
              label: producers.length === 1 ? "Producer" : "Producers",
              value:
                producers.length === 0 ? (
                  <span className="text-muted">none named itself</span>
                ) : (
                  <ul>
                    {producers.map(({ name, messages: told }) => (
                      <li key={name}>
                        <Mono>{name}</Mono>
                        {producers.length > 1 && (
                          <span className="text-muted">, {formatQuantity(told, "message")}</span>
                        )}
                      </li>
                    ))}
                  </ul>
                ),
            },
            ...(read.length > 0
              ? [
                  {
                    label: "Facets read",
                    value: (
                      <ul className="flex flex-wrap gap-x-2.5 gap-y-0.5">
                        {read.map(({ name, on, eventId }) => (
                          <li key={`${on} ${name}`}>
                            <button
                              type="button"
                              title={`Open the latest message that has it, on its ${on}`}
                              onClick={() => go({ event: eventId }, "push")}
                              className={cx("mono rounded-sm", LINK)}
                            >
                              {name}
                            </button>
                          </li>
                        ))}
                      </ul>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Section>
      {notes.length > 0 && (
        <Section title="Could not be read">
          <ul className="grid gap-1.5">
            {notes.map(({ path, reason, eventId }) => (
              <li key={path}>
                <button
                  type="button"
                  onClick={() => go({ event: eventId }, "push")}
                  className={cx("mono rounded-sm", LINK)}
                >
                  {path}
                </button>
                <span className="text-muted">: {reason}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** What nobody reads here is kept all the same, and shown as it came. */
function Unread({ facets }: { facets: readonly FacetResource[] }) {
  const [, go] = useRunAddress();
  const unread = facets.filter((facet) => !facet.read);
  if (unread.length === 0) return null;
  return (
    <Section title="Kept, though nothing reads it">
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {unread.map(({ name, on, messages, producer, eventId, value }) => (
          <li key={`${on} ${name}`}>
            <div className="mb-1.5 flex items-baseline gap-2">
              <span className="mono min-w-0 font-semibold [overflow-wrap:anywhere]">{name}</span>
              <span className="flex-none text-sm text-muted">
                on its {on}, in {formatQuantity(messages, "message")}
              </span>
            </div>
            {value === null ? (
              <p className="text-muted">Too long to be shown here.</p>
            ) : (
              <JsonView value={value} label={`the facet ${name}`} foldAfter={8} />
            )}
            <div className="mt-1 flex flex-wrap gap-x-3 text-sm text-muted">
              <button
                type="button"
                onClick={() => go({ event: eventId }, "push")}
                className={cx("rounded-sm hover:text-text", LINK)}
              >
                The latest message that has it
              </button>
              {producer !== null && <Mono className="min-w-0 truncate">{producer}</Mono>}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
