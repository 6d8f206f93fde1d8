"use client";

import { useRunAddress } from "@/components/run/use-run-address";
import { LiveAge } from "@/components/runs/live-time";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValue } from "@/components/ui/key-value";
import { Mark } from "@/components/ui/marks";
import { Mono } from "@/components/ui/mono";
import { SectionHead } from "@/components/ui/section";
import { ClockTime } from "@/components/ui/time";
import { formatBytes, formatCount } from "@/lib/base/format";
import type { AttemptResource, NodeDetail, OutputResource } from "@/lib/contract/nodes";

/** What it said it would write, and what shows that it did: of each attempt, the latest first. */
export function OutputsTab({ detail }: { detail: NodeDetail }) {
  const { attempts } = detail;
  const [latest] = attempts;
  const told = attempts.filter(({ outputs }) => outputs.length > 0);
  if (told.length === 0) {
    return (
      <EmptyState level={3} title="No output named">
        {latest
          ? `No event of ${attempts.length > 1 ? "its attempts" : "this attempt"} lists an output, so none can be missed or found.`
          : "Nothing has started this node; outputs are known from the events of its attempts."}
      </EmptyState>
    );
  }
  const isOne = attempts.length === 1;
  return (
    <>
      {latest && latest.outputs.length === 0 && (
        <p className="px-[18px] pt-2 pb-3.5 text-muted">
          No event of attempt {formatCount(latest.number)} lists an output. Those below are of earlier ones.
        </p>
      )}
      {told.map((attempt) => (
        <section key={attempt.id} className="border-t border-line2 first:border-t-0">
          {!isOne && (
            <div className="px-[18px] pt-3.5">
              <SectionHead>
                Attempt {formatCount(attempt.number)}, {attempt.status}
              </SectionHead>
            </div>
          )}
          <ul>
            {attempt.outputs.map((output) => (
              <Output
                key={`${output.namespace} ${output.name}`}
                output={output}
                heading={isOne ? "h3" : "h4"}
                attempts={attempts}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface OutputProps {
  output: OutputResource;
  heading: "h3" | "h4";
  /** Of the node: one of them may have written it. */
  attempts: readonly AttemptResource[];
}

function Output({ output, heading: Heading, attempts }: OutputProps) {
  const [, go] = useRunAddress();
  const there = output.state === "written" || output.state === "committed";
  const { eventId } = output;
  return (
    <li className="border-t border-line2 px-[18px] py-3.5 first:border-t-0">
      <Heading className="mb-2 flex items-center gap-2">
        <Mark name={there ? "written" : "declared"} />
        <span className="mono min-w-0 font-semibold">{output.name}</span>
        <span className="flex-1" />
        <Badge tone={there ? "ok" : output.state === "writing" ? "run" : "neutral"}>{output.state}</Badge>
      </Heading>
      {there && !output.own && (
        <p className="mb-2 rounded-lg bg-suspect-bg px-2.5 py-1.5 text-sm wrap-anywhere">
          Not this attempt’s own: {foreignBecause(output, attempts)}. It proves nothing about this attempt.
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

function foreignBecause({ writtenBy }: OutputResource, attempts: readonly AttemptResource[]): string {
  if (writtenBy === null) return "it is older than the attempt’s start";
  const writer = attempts.find(({ id }) => id === writtenBy);
  return writer ? `attempt ${formatCount(writer.number)} wrote it` : `${writtenBy} wrote it`;
}

/** What shows that it was written, in words. */
const SHOWN_BY: Readonly<Record<string, string>> = {
  statistics: "its statistics",
  version: "its version",
  state: "its own state",
  end: "the attempt’s end",
};

function facts(output: OutputResource) {
  const shownBy = output.shownBy && (SHOWN_BY[output.shownBy] ?? output.shownBy);
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
  add("Shown by", [shownBy, output.seenBy && `seen by ${output.seenBy}`].filter(Boolean).join(", "));
  add("Version", output.version && <Mono>{output.version}</Mono>);
  add("ETag", output.etag && <Mono>{output.etag}</Mono>);
  add("Address", output.uri && <Mono>{output.uri}</Mono>);
  add("Namespace", <Mono>{output.namespace}</Mono>);
  return items;
}
