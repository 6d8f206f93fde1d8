import { liveBeat, liveChange, type Topic } from "../contract/live.ts";
import { noteStreaming } from "./live.ts";

/** The server beats every 5 s; without a word for this long the connection is dead, whatever the browser thinks, ms. */
const SILENT_AFTER_MS = 15_000;
/** How long after the first failure it connects again, ms; twice as long after each further one, up to the most. */
const FIRST_PAUSE_MS = 500;
const MOST_PAUSE_MS = 15_000;

/** `opening` before the first word, and on the return to a tab; `broken` until a lost connection is there again. */
export type StreamState = "opening" | "open" | "broken";

export interface Told {
  /** At `open` all that is shown must be asked again: what changed before, nobody tells. */
  state(state: StreamState): void;
  /** The server's clock, as it last told it. */
  beat(at: string): void;
  change(topics: readonly Topic[]): void;
}

/** Follows topics until the returned function is called. A hidden tab lets go of its connection, and costs nothing. */
export function followTopics(topics: readonly Topic[], told: Told): () => void {
  const address = `/api/v1/live?${new URLSearchParams(topics.map((topic) => ["topic", topic]))}`;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let state: StreamState = "opening";

  const become = (next: StreamState) => {
    noteStreaming(next === "open");
    if (next === state) return;
    state = next;
    told.state(next);
  };
  const disconnect = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const fail = () => {
    disconnect();
    failures += 1;
    become("broken");
    timer = setTimeout(connect, pauseAfter(failures));
  };
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(fail, SILENT_AFTER_MS);
    failures = 0;
    become("open");
  };
  const connect = () => {
    disconnect();
    if (document.hidden) return;
    const opened = new EventSource(address);
    source = opened;
    timer = setTimeout(fail, SILENT_AFTER_MS);
    // By itself the browser would try again for ever at one pace, and not at all after a refusal.
    opened.onerror = fail;
    opened.addEventListener("beat", ({ data }) => {
      const beat = liveBeat.safeParse(parse(data));
      if (beat.success) told.beat(beat.data.at);
      heard();
    });
    opened.addEventListener("changed", ({ data }) => {
      heard();
      const change = liveChange.safeParse(parse(data));
      // What a newer server tells in words that we do not know, is about something.
      told.change(change.success ? change.data.topics : topics);
    });
  };
  const onVisibility = () => {
    failures = 0;
    if (!document.hidden) return connect();
    disconnect();
    become("opening");
  };

  const onOnline = () => {
    if (state !== "open") connect();
  };

  connect();
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("online", onOnline);
  return () => {
    disconnect();
    noteStreaming(false);
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("online", onOnline);
  };
}

/** Longer after each failure, and not the same for all pages that lost the same server. */
function pauseAfter(failures: number): number {
  const pause = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  return pause * (0.75 + Math.random() / 2);
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
