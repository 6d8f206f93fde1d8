"use client";

import { useRunAddress } from "@/components/run/use-run-address";
import { LiveAge } from "@/components/runs/live-time";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValue } from "@/components/ui/key-value";
import { Mark } from "@/components/ui/marks";
import { Mono } from "@/components/ui/mono";
import { ClockTime } from "@/components/ui/time";
import { formatBytes, formatCount } from "@/lib/base/format";
import type { NodeDetail, OutputResource } from "@/lib/contract/nodes";

/** What it said it would write, and what shows that it did. */
export function OutputsTab({ detail }: { detail: NodeDetail }) {
  const [attempt] = detail.attempts;
  if (!attempt || attempt.outputs.length === 0) {
    return (
      <EmptyState level={3} title="No output named">
        {attempt
          ? "No event of this attempt lists an output, so none can be missed or found."
          : "Nothing has started this node; outputs are known from the events of its attempts."}
      </EmptyState>
    );
  }
  return (
    <ul>
      {attempt.outputs.map((output) => (
        <Output key={`${output.namespace} ${output.name}`} output={output} />
      ))}
    </ul>
  );
}

function Output({ output }: { output: OutputResource }) {
  const [, go] = useRunAddress();
  const there = output.state === "written" || output.state === "committed";
  const { eventId } = output;
  return (
    <li className="border-t border-line2 px-[18px] py-3.5 first:border-t-0">
      <h3 className="mb-2 flex items-center gap-2">
        <Mark name={there ? "written" : "declared"} />
        <span className="mono min-w-0 font-semibold">{output.name}</span>
        <span className="flex-1" />
        <Badge tone={there ? "ok" : output.state === "writing" ? "run" : "neutral"}>{output.state}</Badge>
      </h3>
      {there && !output.own && (
        <p className="mb-2 rounded-lg bg-suspect-bg px-2.5 py-1.5 text-sm">
          Not this attempt’s own: {foreignBecause(output)}. It proves nothing about this attempt.
        </p>
      )}
      <KeyValue items={facts(output)} />
      {eventId !== null && (
        <button
          type="button"
          onClick={() => go({ event: eventId }, "push")}
          className="mt-2 rounded-sm text-sm text-muted underline decoration-line underline-offset-2 hover:text-text"
        >
          The message that says so
        </button>
      )}
    </li>
  );
}

function foreignBecause(output: OutputResource): string {
  return output.writtenBy ? `written by ${output.writtenBy}` : "it is older than the attempt’s start";
}

function facts(output: OutputResource) {
  const items: { label: string; value: React.ReactNode }[] = [];
  const add = (label: string, value: React.ReactNode) => value && items.push({ label, value });
  add("Declared", output.declaredAt && <ClockTime at={output.declaredAt} seconds />);
  add(
    "Written",
    output.writtenAt && (
      <>
        <ClockTime at={output.writtenAt} seconds />, <LiveAge at={output.writtenAt} />
      </>
    ),
  );
  add(
    "Size",
    [
      output.sizeBytes !== null && formatBytes(output.sizeBytes),
      output.rows !== null && `${formatCount(output.rows)} rows`,
    ]
      .filter(Boolean)
      .join(", "),
  );
  add("Shown by", [output.shownBy, output.seenBy && `seen by ${output.seenBy}`].filter(Boolean).join(", "));
  add("Version", output.version && <Mono>{output.version}</Mono>);
  add("ETag", output.etag && <Mono>{output.etag}</Mono>);
  add("Address", output.uri && <Mono>{output.uri}</Mono>);
  add("Namespace", <Mono>{output.namespace}</Mono>);
  return items;
}
