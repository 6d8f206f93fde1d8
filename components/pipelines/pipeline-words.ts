import { shownState } from "@/components/runs/run-words";
import { type StateName, stateWord } from "@/components/ui/state-shape";
import { formatDurationExact, formatQuantity, toMillis } from "@/lib/base/format";
import type { RunMark, SpreadResource } from "@/lib/contract/pipelines";
import type { NodeStatusName } from "@/lib/contract/runs";

/** The page of a pipeline. Names may hold slashes, colons and whatever else a producer likes. */
export function pipelineHref(pipeline: { namespace: string; name: string }): string {
  return `/pipelines/${encodeURIComponent(pipeline.namespace)}/${encodeURIComponent(pipeline.name)}`;
}

/** With fewer finished attempts than these nothing can be called slow. */
const ENOUGH = 5;

/** `usually 18m 40s, p95 22m 05s, from 24 attempts`; with too few of them that is said. */
export function usualWords(usual: SpreadResource | null): string {
  if (!usual) return "not seen to complete yet";
  const { medianMs, p95Ms, samples } = usual;
  const from = `from ${formatQuantity(samples, "attempt")}`;
  const few = samples < ENOUGH ? "; with so few, nothing is called slow" : "";
  return `usually ${formatDurationExact(medianMs)}, p95 ${formatDurationExact(p95Ms)}, ${from}${few}`;
}

export function isLearned(usual: SpreadResource): boolean {
  return usual.samples >= ENOUGH;
}

/** From its start to its end; undefined while it goes on. */
export function tookMs(run: Pick<RunMark, "startedAt" | "endedAt">): number | undefined {
  return run.endedAt === null ? undefined : Math.max(0, toMillis(run.endedAt) - toMillis(run.startedAt));
}

/** A run's mark in words: `Stuck`. */
export function markWord(run: Pick<RunMark, "state" | "outcome">): string {
  return stateWord(shownState(run));
}

const SHAPES: Readonly<Record<NodeStatusName, StateName>> = {
  planned: "planned",
  waiting: "waiting",
  running: "progressing",
  completed: "finished",
  reused: "reused",
  failed: "failed",
  aborted: "aborted",
  skipped: "planned",
};

/** In a history a reused node has a shape of its own: that it was not run is what one looks for. */
export function cellShape(status: NodeStatusName): StateName {
  return SHAPES[status];
}
