"use client";

import { useState } from "react";
import { useRunAddress } from "@/components/run/use-run-address";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { formatQuantity } from "@/lib/base/format";
import type { RunResource } from "@/lib/contract/runs";

export interface RunNoticesProps {
  run: RunResource;
  ignored: readonly string[];
  /** The node that the link names and the run does not have. */
  lostNode: string | undefined;
}

/** What the link asked for in vain, and what could not be understood of the events. */
export function RunNotices({ run, ignored, lostNode }: RunNoticesProps) {
  const [{ at }, go] = useRunAddress();
  const [seen, setSeen] = useState(false);
  const vain = [
    ...(seen ? [] : ignored),
    ...(lostNode === undefined
      ? []
      : [`node=${lostNode} (this run has no such node${at ? " at that instant" : ""})`]),
  ];
  const notes = run.ingestNotes;
  if (vain.length === 0 && notes.length === 0) return null;
  return (
    <div className="grid flex-none gap-2 border-b border-line bg-panel px-6 py-2.5 max-sm:px-4">
      {vain.length > 0 && (
        <Notice
          tone="warn"
          action={
            <Button
              size="sm"
              variant="ghost"
              onClick={() => {
                setSeen(true);
                go(lostNode === undefined ? {} : { node: undefined });
              }}
            >
              Mend the link
            </Button>
          }
        >
          The link asked for something that this page cannot show; it was left out: {vain.join("; ")}.
        </Notice>
      )}
      {notes.length > 0 && <IngestNotes notes={notes} />}
    </div>
  );
}

/** What of the events could not be read. Kept, but not understood: their senders want to know. */
function IngestNotes({ notes }: { notes: RunResource["ingestNotes"] }) {
  const [open, setOpen] = useState(false);
  const [, go] = useRunAddress();
  return (
    <div className="text-sm text-muted">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="rounded-sm underline decoration-line underline-offset-2 hover:text-text"
      >
        {formatQuantity(notes.length, "note")} on what was received
      </button>
      {open && (
        <ul className="mt-1.5 grid max-h-40 gap-1 overflow-y-auto">
          {notes.map((note) => (
            <li key={`${note.eventId} ${note.path}`}>
              <button
                type="button"
                onClick={() => go({ event: note.eventId }, "push")}
                className="rounded-sm text-left hover:text-text focus-visible:-outline-offset-2"
              >
                <Mono className="text-text">{note.nodeKey}</Mono> <Mono>{note.path}</Mono>: {note.reason}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
