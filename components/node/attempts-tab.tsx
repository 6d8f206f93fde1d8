"use client";

import { ATTEMPT_SHAPES, AttemptsBeside } from "@/components/node/attempts-beside";
import { Elapsed, LiveAge } from "@/components/runs/live-time";
import { cx } from "@/components/ui/cx";
import { EmptyState } from "@/components/ui/empty-state";
import { ForeignLink } from "@/components/ui/foreign-link";
import { KeyValue } from "@/components/ui/key-value";
import { Mono } from "@/components/ui/mono";
import { StateShape } from "@/components/ui/state-shape";
import { ClockTime } from "@/components/ui/time";
import type { AttemptResource, NodeDetail } from "@/lib/contract/nodes";

/** Every try, the latest first. */
export function AttemptsTab({ detail }: { detail: NodeDetail }) {
  if (detail.attempts.length === 0) {
    return (
      <EmptyState level={3} title="No attempt yet">
        The plan names this node; nothing has started it.
      </EmptyState>
    );
  }
  return (
    <>
      {detail.attempts.length > 1 && <AttemptsBeside attempts={detail.attempts} />}
      <ul className={cx(detail.attempts.length > 1 && "border-t border-line2")}>
        {detail.attempts.map((attempt) => (
          <li key={attempt.id} className="border-t border-line2 px-[18px] py-3.5 first:border-t-0">
            <h3 className="mb-2 flex items-center gap-2 font-semibold">
              <StateShape state={ATTEMPT_SHAPES[attempt.status]} size={15} decorative />
              Attempt {attempt.number}
              <span className="font-normal text-muted">{attempt.status}</span>
              <span className="ml-auto font-normal text-muted">
                {attempt.startedAt && (
                  <Elapsed
                    from={attempt.startedAt}
                    to={attempt.endedAt ?? (attempt.status === "superseded" ? attempt.lastHeardAt : null)}
                  />
                )}
              </span>
            </h3>
            <KeyValue items={facts(attempt)} />
            {attempt.error && (
              <pre
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
                tabIndex={0}
                className="mt-2.5 max-h-48 overflow-auto rounded-lg border border-stuck/30 bg-stuck-bg px-3 py-2 text-sm whitespace-pre-wrap"
              >
                {attempt.error}
              </pre>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function facts(attempt: AttemptResource) {
  const items: { label: string; value: React.ReactNode }[] = [];
  const add = (label: string, value: React.ReactNode) => value && items.push({ label, value });
  add(
    "Started",
    attempt.startedAt && (
      <>
        <ClockTime at={attempt.startedAt} seconds />, <LiveAge at={attempt.startedAt} />
      </>
    ),
  );
  add(
    "Ended",
    attempt.endedAt && (
      <>
        <ClockTime at={attempt.endedAt} seconds />, <LiveAge at={attempt.endedAt} />
      </>
    ),
  );
  add("Last heard of", !attempt.endedAt && attempt.lastHeardAt && <LiveAge at={attempt.lastHeardAt} />);
  add(
    "Host",
    attempt.host && (
      <Mono>
        {attempt.host}
        {attempt.pid !== null && `, pid ${attempt.pid}`}
      </Mono>
    ),
  );
  add("Command", attempt.command && <Mono>{attempt.command}</Mono>);
  add("Log", attempt.logUrl && <ForeignLink href={attempt.logUrl} />);
  add("At its source", attempt.url && <ForeignLink href={attempt.url} />);
  add("Job", attempt.job && <Mono>{attempt.job}</Mono>);
  add("Id", <Mono>{attempt.id}</Mono>);
  return items;
}
