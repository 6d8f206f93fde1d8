"use client";

import { LifeLine } from "@/components/node/life-line";
import { LifeSigns } from "@/components/node/life-signs";
import { LiveAge } from "@/components/runs/live-time";
import { EmptyState } from "@/components/ui/empty-state";
import { ForeignLink } from "@/components/ui/foreign-link";
import { KeyValue } from "@/components/ui/key-value";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatDurationExact,
  formatQuantity,
} from "@/lib/base/format";
import type { AttemptResource, BaselineResource, LifeResource, NodeDetail } from "@/lib/contract/nodes";

/** Anything that shows the latest attempt alive, or that it no longer is. */
export function LifeTab({ detail }: { detail: NodeDetail }) {
  const [attempt] = detail.attempts;
  if (!attempt) {
    return (
      <EmptyState level={3} title="No life yet">
        Nothing has started this node.
      </EmptyState>
    );
  }
  const { life } = attempt;
  return (
    <>
      <div className="px-[18px] pt-2 pb-3.5">
        <LifeLine attempt={attempt} />
        {life.beats === 0 && (
          <p className="mt-2 text-muted">
            {life.intervalMs === null
              ? "No heartbeats: this source never promised any, so its silence proves nothing."
              : `No heartbeat has come, though one was promised every ${formatDuration(life.intervalMs)}.`}
          </p>
        )}
      </div>
      {life.progress && <Progress progress={life.progress} />}
      <LifeSigns attempt={attempt} baseline={detail.baseline} />
      <Section title="Process">
        <KeyValue items={processFacts(attempt)} />
      </Section>
      <Usual baseline={detail.baseline} />
    </>
  );
}

/** Fewer attempts say nothing of what is usual. */
const ENOUGH = 5;

/** What earlier attempts teach, and on how many of them that rests. */
function Usual({ baseline }: { baseline: BaselineResource }) {
  const { samples, sameParameters, durationMs, delayMs, finalizingMs, logGapMs, afterOutputsMs, outputs } =
    baseline;
  const items: { label: string; value: React.ReactNode }[] = [];
  const add = (label: string, range: BaselineResource["durationMs"]) =>
    range &&
    items.push({
      label,
      value:
        range.count < ENOUGH
          ? `too few to tell: ${formatQuantity(range.count, "attempt")}, ${formatDurationExact(range.median)} in the middle`
          : `${formatDurationExact(range.median)}; 95% within ${formatDurationExact(range.p95)}, of ${formatCount(range.count)}`,
    });
  add("Takes", durationMs);
  add("Starts after", delayMs);
  add("Finalizes in", finalizingMs);
  // Most end with their last write: that says nothing.
  if (afterOutputsMs && afterOutputsMs.p95 > 0) add("Ends after its outputs", afterOutputsMs);
  add("Log pauses", logGapMs);
  if (outputs) items.push({ label: "Outputs", value: formatCount(outputs.median) });
  if (items.length === 0) return null;
  const which = sameParameters ? ", with the same parameters" : "";
  return (
    <Section
      title="Usually"
      aside={
        <span className="text-sm text-muted">{`${formatQuantity(samples, "earlier attempt")}${which}`}</span>
      }
    >
      <KeyValue items={items} />
    </Section>
  );
}

function Progress({ progress }: { progress: NonNullable<LifeResource["progress"]> }) {
  const { done, total, unit, changedAt } = progress;
  const share = total ? Math.min(1, done / total) : undefined;
  const words = [formatCount(done), total !== null && `of ${formatCount(total)}`, unit]
    .filter(Boolean)
    .join(" ");
  return (
    <Section
      title="Progress"
      aside={
        <span className="text-sm text-muted">
          last change <LiveAge at={changedAt} />
        </span>
      }
    >
      {share !== undefined && (
        <div
          role="progressbar"
          aria-label={words}
          aria-valuenow={Math.round(share * 100)}
          className="mb-1.5 h-1.5 overflow-hidden rounded-full bg-line2 forced-colors:border"
        >
          <div
            className="h-full rounded-full bg-run forced-colors:bg-[Highlight]"
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
      <span className="tabular-nums">{words}</span>
      {share !== undefined && <span className="text-muted tabular-nums"> · {Math.floor(share * 100)} %</span>}
    </Section>
  );
}

function processFacts(attempt: AttemptResource) {
  const { life } = attempt;
  const items: { label: string; value: React.ReactNode }[] = [];
  const add = (label: string, value: React.ReactNode) => value && items.push({ label, value });
  add("Processor", life.cpuSeconds !== null && `${formatDuration(life.cpuSeconds * 1_000)} used`);
  add("Memory", life.rssBytes !== null && formatBytes(life.rssBytes));
  add(
    "Host",
    attempt.host === null ? (
      <span className="text-muted">not told</span>
    ) : (
      <Mono>
        {attempt.host}
        {attempt.pid !== null && `, pid ${attempt.pid}`}
      </Mono>
    ),
  );
  add("Log", attempt.logUrl && <ForeignLink href={attempt.logUrl} />);
  return items;
}
