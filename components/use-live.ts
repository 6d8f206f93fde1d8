"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { AskForChanges } from "@/lib/client/ask-for-changes";
import { followTopics, type StreamState } from "@/lib/client/live-stream";
import type { Topic } from "@/lib/contract/live";

/** How the page is told of changes. */
export interface LiveConnection {
  readonly state: StreamState;
  /** The server's clock at its last word; null before the first. */
  readonly heardAt: string | null;
}

/** Follows what the page shows, and asks for it anew when it changed. */
export function useLive(topics: readonly Topic[]): LiveConnection {
  const client = useQueryClient();
  const [state, setState] = useState<StreamState>("opening");
  const [heardAt, setHeardAt] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same topics in a new list are the same
  useEffect(() => {
    if (topics.length === 0) return;
    const ask = new AskForChanges(client, topics);
    const stop = followTopics(topics, {
      state: (next) => {
        setState(next);
        // Connected: what changed before is not known. Broken: only an answer tells whether the server is there.
        if (next !== "opening") ask.all();
      },
      beat: setHeardAt,
      change: (changed) => ask.of(changed),
    });
    return () => {
      stop();
      ask.close();
    };
  }, [client, topics.join("\n")]);
  return { state, heardAt };
}
