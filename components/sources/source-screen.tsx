"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { LiveAge } from "@/components/runs/live-time";
import { RhythmChart } from "@/components/sources/rhythm";
import { MessageRows, NoteRows, RefusalRows } from "@/components/sources/source-lists";
import { SourceState } from "@/components/sources/source-state";
import { kindWords, type Span, skewWords, stateMeaning, sumHours } from "@/components/sources/source-words";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ClockTime } from "@/components/ui/time";
import { formatCount, formatQuantity } from "@/lib/base/format";
import { sourceQuery } from "@/lib/client/source-queries";
import type { SourceDetail } from "@/lib/contract/sources";

export interface SourceScreenProps {
  name: string;
  span: Span;
  onSpan: (span: Span) => void;
}

/** One source: is it there, what does it send, and what of it could not be taken. */
export function SourceScreen({ name, span, onSpan }: SourceScreenProps) {
  const { data: source, error } = useQuery(sourceQuery(name));
  // The page brings its first answer along.
  if (!source) return error ? <Notice tone="warn">{error.message}</Notice> : <SkeletonRows rows={8} />;
  const hours = span === "7d" ? source.week : source.summary.hours;
  return (
    <>
      <Head source={source} />
      <Part
        title="Rhythm"
        aside={
          <Segmented
            label="Time"
            options={[
              { value: "24h", label: "24 h" },
              { value: "7d", label: "7 d" },
            ]}
            value={span}
            onValueChange={onSpan}
          />
        }
      >
        <div className="px-4 py-3.5 max-sm:px-3">
          <Sums hours={hours} />
          <RhythmChart hours={hours} />
        </div>
      </Part>
      <Part title="Refused" aside={<Kept count={source.refusals.length} />}>
        <RefusalRows refusals={source.refusals} />
      </Part>
      <Part title="Taken, but not understood in part" aside={<Kept count={source.notes.length} />}>
        <NoteRows notes={source.notes} />
      </Part>
      <Part title="Latest messages">
        <MessageRows messages={source.messages} />
      </Part>
    </>
  );
}

function Head({ source }: { source: SourceDetail }) {
  const { summary, producer } = source;
  const { name, lastReceivedAt, firstReceivedAt, openRuns } = summary;
  return (
    <div className="mb-5">
      <h1 className="mono text-xl font-title wrap-anywhere">{name}</h1>
      <p className="mt-1.5 flex flex-wrap items-baseline gap-x-2.5 gap-y-1 text-pretty">
        <SourceState state={summary.state} className="font-semibold" />
        <span className="min-w-0 flex-1 text-muted">{stateMeaning(summary)}</span>
      </p>
      <div className="mt-2 flex flex-wrap gap-x-[22px] gap-y-0.5 text-muted tabular-nums">
        {lastReceivedAt && (
          <span>
            Last heard{" "}
            <b className="font-medium text-text">
              <LiveAge at={lastReceivedAt} />
            </b>
          </span>
        )}
        {firstReceivedAt && (
          <span>
            First heard <LiveAge at={firstReceivedAt} />
          </span>
        )}
        <span>
          Its clock <b className="font-medium text-text">{skewWords(summary)}</b>
        </span>
        <span>
          <Link
            href={`/?${new URLSearchParams({ source: name, state: "open" })}`}
            className="text-accent hover:underline"
          >
            {formatQuantity(openRuns, "open run")}
          </Link>
        </span>
        <span>{kindWords(summary)}</span>
        {producer && <span className="mono text-sm wrap-anywhere">{producer}</span>}
      </div>
      {summary.state === "dark" && lastReceivedAt && (
        <Notice tone="warn" className="mt-3">
          Dark since <ClockTime at={lastReceivedAt} seconds />: while it is, none of its attempts is called
          dead.
        </Notice>
      )}
    </div>
  );
}

function Sums({ hours }: { hours: SourceDetail["week"] }) {
  const { messages, duplicate, noted, refused, beats } = sumHours(hours);
  return (
    <p className="mb-3 flex flex-wrap gap-x-[22px] gap-y-0.5 text-muted tabular-nums">
      <span>
        <b className="font-medium text-text">{formatCount(messages)}</b>{" "}
        {messages === 1 ? "message" : "messages"}
      </span>
      <span className={refused > 0 ? "text-stuck" : undefined}>{formatCount(refused)} refused</span>
      <span>{formatCount(noted)} taken in part</span>
      <span>{formatCount(duplicate)} sent before</span>
      <span>{formatQuantity(beats, "beat")}</span>
    </p>
  );
}

function Kept({ count }: { count: number }) {
  if (count === 0) return null;
  return <span className="text-sm text-muted tabular-nums">the newest {formatCount(count)}</span>;
}

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="mb-5">
      <div className="mb-2 flex min-h-[26px] items-center justify-between gap-3">
        <SectionHead level={2}>{title}</SectionHead>
        {aside}
      </div>
      <Card>{children}</Card>
    </section>
  );
}
