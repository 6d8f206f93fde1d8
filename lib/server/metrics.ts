import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Instant } from "../base/instant.ts";
import { processWide } from "./process-wide.ts";

/** The most sources that have series of their own; what comes of others is counted as `other`. */
const MOST_SOURCES = 100;

/** Upper bounds in s. A commit takes milliseconds; a lag is a network's, a clock's or an import's. */
const COMMIT_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LAG_BUCKETS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 86_400];
const DIAGNOSIS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];
const ITEM_BUCKETS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

/** Every instrument of the process. */
const metrics = () => processWide("metrics", make);

function make() {
  const registry = new Registry();
  const registers = [registry];
  const named = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) => ({
    name: `unstuck_${name}`,
    help,
    labelNames,
    registers,
  });
  collectDefaultMetrics({ register: registry });
  const queue: { depth: () => { items: number; bytes: number } } = { depth: () => ({ items: 0, bytes: 0 }) };
  new Gauge({
    ...named("ingest_queue_items", "Messages and requests of beats that wait for a commit."),
    collect() {
      this.set(queue.depth().items);
    },
  });
  new Gauge({
    ...named("ingest_queue_bytes", "Bytes of bodies that wait for a commit."),
    collect() {
      this.set(queue.depth().bytes);
    },
  });
  const streams = { open: () => 0 };
  new Gauge({
    ...named("live_streams", "Pages that are told of changes as they are committed."),
    collect() {
      this.set(streams.open());
    },
  });
  return {
    registry,
    queue,
    streams,
    cutStreams: new Counter(
      named("live_cut_total", "Streams that were cut off because their reader took nothing."),
    ),
    sources: new Set<string>(),
    events: new Counter(
      named("ingest_events_total", "Events by source and result, each counted once.", ["source", "result"]),
    ),
    beats: new Counter(
      named("ingest_beats_total", "Beats of the heartbeats endpoint, by source.", ["source"]),
    ),
    answers: new Counter(named("ingest_answers_total", "HTTP answers of ingest, by status.", ["status"])),
    keyRefusals: new Counter(
      named("key_refusals_total", "Requests turned away for want of a key that would do, by reason.", [
        "reason",
      ]),
    ),
    commit: new Histogram({
      ...named("ingest_commit_seconds", "How long a transaction of ingest took, s."),
      buckets: COMMIT_BUCKETS,
    }),
    items: new Histogram({
      ...named("ingest_commit_items", "Messages and requests of beats that shared a transaction."),
      buckets: ITEM_BUCKETS,
    }),
    lag: new Histogram({
      ...named("ingest_lag_seconds", "From when an event happened, by its source, to its receipt, s."),
      buckets: LAG_BUCKETS,
    }),
    diagnosis: new Histogram({
      ...named("diagnosis_seconds", "How long it took to load and judge a run, s."),
      buckets: DIAGNOSIS_BUCKETS,
    }),
    verdicts: new Counter(
      named("verdict_changes_total", "Verdicts of runs that were opened, changed or closed, by rule.", [
        "rule",
        "change",
      ]),
    ),
  };
}

/** Everything in the text format of Prometheus, with its content type. */
export async function readMetrics(): Promise<{ text: string; contentType: string }> {
  const { registry } = metrics();
  return { text: await registry.metrics(), contentType: registry.contentType };
}

/** Adds to what came of a source. */
export function countEvents(
  source: string,
  result: "accepted" | "duplicate" | "noted" | "refused" | "beats",
  by: number,
): void {
  const { events, beats } = metrics();
  const label = sourceLabel(source);
  if (result === "beats") beats.inc({ source: label }, by);
  else events.inc({ source: label, result }, by);
}

/** The names of sources come from outside: a series for each would be a way to fill the memory. */
function sourceLabel(source: string): string {
  const { sources } = metrics();
  if (sources.has(source)) return source;
  if (sources.size >= MOST_SOURCES || source.length > 200) return "other";
  sources.add(source);
  return source;
}

/** From where the depth of the queue is read, when somebody asks. */
export function watchQueue(depth: () => { items: number; bytes: number }): void {
  metrics().queue.depth = depth;
}

/** From where the number of open streams is read, when somebody asks. */
export function watchStreams(open: () => number): void {
  metrics().streams.open = open;
}

/** Counts a stream whose reader had fallen behind. */
export function countCutStream(): void {
  metrics().cutStreams.inc();
}

/** Notes a transaction of ingest: how long it took, in ms, and how many items shared it. */
export function observeCommit(ms: number, items: number): void {
  const { commit, items: shared } = metrics();
  commit.observe(ms / 1000);
  shared.observe(items);
}

/** Notes how long after it happened an event was received. What came before it happened counts as no lag. */
export function observeLag(occurredAt: Instant, receivedAt: Instant): void {
  metrics().lag.observe(Math.max(0, receivedAt - occurredAt) / 1000);
}

/** Counts an HTTP answer of ingest. */
export function countAnswer(status: number): void {
  metrics().answers.inc({ status });
}

/** Counts a request that was turned away for want of a key that would do. */
export function countKeyRefusal(reason: string): void {
  metrics().keyRefusals.inc({ reason });
}

/** Notes how long loading and judging a run took, in ms. */
export function observeDiagnosis(ms: number): void {
  metrics().diagnosis.observe(ms / 1000);
}

/** Counts the changes that a diagnosis recorded. Each is recorded by one server, so that their sum is what there is. */
export function countVerdictChanges(
  changes: readonly { readonly rule: string; readonly change: string }[],
): void {
  const { verdicts } = metrics();
  for (const { rule, change } of changes) verdicts.inc({ rule, change });
}
