/** What a reader of our stream of changes has heard, for tests. */
export interface Followed {
  readonly status: number;
  /** The topics that were told as changed, in order. */
  readonly heard: readonly string[][];
  /** Resolves when a change of the topic has come since the last call for it; rejects where the stream ended before. */
  change(topic: string): Promise<void>;
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** Follows topics at a server's address, such as `http://127.0.0.1:1234/api/v1`. Resolves once it is answered. */
export async function follow(address: string, ...topics: string[]): Promise<Followed> {
  const query = new URLSearchParams(topics.map((topic) => ["topic", topic]));
  const aborted = new AbortController();
  const response = await fetch(`${address}/live?${query}`, { signal: aborted.signal });
  const heard: string[][] = [];
  const fresh = new Set<string>();
  let isOver = false;
  let wake = () => {};
  const read = async () => {
    let text = "";
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const parts = text.split("\n\n");
      text = parts.pop() ?? "";
      for (const part of parts) {
        const data = /^event: changed\ndata: (.*)$/.exec(part)?.[1];
        if (data === undefined) continue;
        const change = JSON.parse(data) as { topics: string[] };
        heard.push(change.topics);
        for (const topic of change.topics) fresh.add(topic);
      }
      wake();
    }
  };
  const ended = read()
    .catch(() => {})
    .then(() => {
      isOver = true;
      wake();
    });
  return {
    status: response.status,
    heard,
    ended,
    change: async (topic) => {
      while (!fresh.delete(topic)) {
        if (isOver) throw new Error(`the stream ended before a change of ${topic}`);
        await new Promise<void>((next) => {
          wake = next;
        });
      }
    },
    stop: () => aborted.abort(),
  };
}
