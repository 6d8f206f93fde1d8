"use client";

import Link from "next/link";
import { runPageHref } from "@/components/run/run-address";
import { LiveAge } from "@/components/runs/live-time";
import { Mono } from "@/components/ui/mono";
import { ClockTime } from "@/components/ui/time";
import { shortId } from "@/lib/base/format";
import type { SourceDetail } from "@/lib/contract/sources";

const ROW = "border-b border-line2 px-4 py-2 last:border-0 max-sm:px-3";

/** What was refused, newest first, with the field, the reason and how its body began. */
export function RefusalRows({ refusals }: { refusals: SourceDetail["refusals"] }) {
  if (refusals.length === 0) return <None>Nothing of it has been refused.</None>;
  return (
    <ul className="max-h-[420px] overflow-y-auto">
      {refusals.map((refusal) => (
        <li key={refusal.id} className={ROW}>
          <details>
            <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 rounded-sm">
              <span className="mono flex-none text-sm text-muted">
                <ClockTime at={refusal.at} seconds />
              </span>
              <span className="flex-none font-medium text-stuck tabular-nums">{refusal.status}</span>
              <span className="min-w-0 flex-1 text-pretty wrap-anywhere">
                {refusal.path && (
                  <>
                    <Mono>{refusal.path}</Mono>:{" "}
                  </>
                )}
                {refusal.reason}
              </span>
              <span className="flex-none text-sm text-muted max-sm:hidden">
                <LiveAge at={refusal.at} />
              </span>
            </summary>
            {refusal.body ? (
              <pre className="mono mt-2 max-h-60 overflow-y-auto rounded-md bg-line2 p-2.5 text-sm whitespace-pre-wrap wrap-anywhere">
                {refusal.body}
              </pre>
            ) : (
              <p className="mt-2 text-muted">Nothing of its body was kept: it could not be read.</p>
            )}
          </details>
        </li>
      ))}
    </ul>
  );
}

/** What of taken messages was left out, newest first. Each leads to its run, with the message open. */
export function NoteRows({ notes }: { notes: SourceDetail["notes"] }) {
  if (notes.length === 0) return <None>All that it sent was understood, or nothing has come of late.</None>;
  return (
    <ul className="max-h-[420px] overflow-y-auto">
      {notes.map((note) => (
        <li key={`${note.eventId} ${note.path}`} className={ROW}>
          <Link
            href={runPageHref(note.attemptId, { event: note.eventId })}
            prefetch={false}
            className="flex flex-wrap items-baseline gap-x-3 rounded-sm hover:text-accent"
          >
            <span className="mono flex-none text-sm text-muted">
              <ClockTime at={note.at} seconds />
            </span>
            <span className="min-w-0 flex-1 text-pretty wrap-anywhere">
              <Mono>{note.path}</Mono>: {note.reason}
            </span>
            <span className="mono flex-none text-sm text-faint">run {shortId(note.attemptId)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What was taken of late, newest first. Messages of jobs and datasets belong to no run. */
export function MessageRows({ messages }: { messages: SourceDetail["messages"] }) {
  if (messages.length === 0) return <None>Nothing of late.</None>;
  return (
    <ul className="max-h-[420px] overflow-y-auto">
      {messages.map((message) => {
        const line = (
          <>
            <span className="mono flex-none text-sm text-muted">
              <ClockTime at={message.receivedAt} seconds />
            </span>
            <span className="w-24 flex-none font-medium">{message.type}</span>
            <span className="mono min-w-0 flex-1 truncate text-sm text-muted">{message.attemptId}</span>
            <span className="flex-none text-sm text-muted">
              <LiveAge at={message.receivedAt} />
            </span>
          </>
        );
        return (
          <li key={message.id} className={ROW}>
            {message.attemptId === null ? (
              <span className="flex items-baseline gap-3">{line}</span>
            ) : (
              <Link
                href={runPageHref(message.attemptId, { event: message.id })}
                prefetch={false}
                className="flex items-baseline gap-3 rounded-sm hover:text-accent"
              >
                {line}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function None({ children }: { children: string }) {
  return <p className="px-4 py-3.5 text-muted max-sm:px-3">{children}</p>;
}
