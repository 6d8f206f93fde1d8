import type { Json } from "./events/parts.ts";

/** Lines of one body: small enough for a server's patience, large enough to be quick. */
const AT_ONCE = 5_000;

/** Posts events in batches, for what a row needs to be there before it measures. Throws where one is not taken. */
export async function postEvents(url: string, events: Iterable<Json>): Promise<void> {
  let lines: string[] = [];
  for (const event of events) {
    if (lines.push(JSON.stringify(event)) < AT_ONCE) continue;
    await postLines(url, lines);
    lines = [];
  }
  if (lines.length > 0) await postLines(url, lines);
}

async function postLines(url: string, lines: readonly string[]): Promise<void> {
  const response = await fetch(`${url}/api/v1/lineage/batch`, {
    method: "POST",
    headers: { "Content-Type": "application/x-ndjson" },
    body: lines.join("\n"),
  });
  const text = await response.text();
  if (!response.ok || !text.includes('"failed":0'))
    throw new Error(`Events were not taken: ${response.status} ${text.slice(0, 300)}`);
}

/** Asks for something, and gives its body and how long that took, ms. Throws where the answer is a refusal. */
export async function timedGet(url: string): Promise<{ ms: number; body: string }> {
  const began = performance.now();
  const response = await fetch(url);
  const body = await response.text();
  const ms = performance.now() - began;
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${body.slice(0, 300)}`);
  return { ms, body };
}
