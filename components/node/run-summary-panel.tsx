"use client";

import { isSettled, nodeState } from "@/components/graph/node-look";
import { useRunAddress } from "@/components/run/use-run-address";
import { Section } from "@/components/ui/section";
import { type StateName, StateShape, stateWord } from "@/components/ui/state-shape";
import { VerdictLog } from "@/components/verdicts/verdict-log";
import { formatCount, formatDurationExact, formatQuantity, toMillis } from "@/lib/base/format";
import type { NodeResource, RunResource } from "@/lib/contract/runs";

const LONGEST = 5;

/** When nothing holds the run: how its nodes stand, and which took longest. */
export function RunSummaryPanel({ run }: { run: RunResource }) {
  const [, go] = useRunAddress();
  const counts = new Map<StateName, number>();
  for (const node of run.nodes) {
    const state = node.status === "reused" ? "reused" : nodeState(node);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const left = run.nodes.filter((node) => !isSettled(node.status)).length;
  const longest = run.nodes
    .flatMap((node) => {
      const ms = tookMs(node);
      return ms === undefined ? [] : [{ node, ms }];
    })
    .sort((a, b) => b.ms - a.ms)
    .slice(0, LONGEST);
  return (
    <>
      <header className="px-[18px] pt-4 pb-3">
        <h2 className="text-lg font-title tracking-[-0.01em]">
          {run.diagnosis.state !== "finished"
            ? "Nothing holds this run"
            : left === 0
              ? "Nothing is left to do"
              : "The run is over"}
        </h2>
        {run.diagnosis.state === "finished" && left > 0 && (
          <p className="mt-1">{formatQuantity(left, "node")} never reported an end.</p>
        )}
        <p className="mt-1 text-muted">Choose a node to see its attempts, outputs, cache and life signs.</p>
      </header>
      <Section title={formatQuantity(run.nodes.length, "node")}>
        <ul className="grid gap-1.5">
          {[...counts].map(([state, count]) => (
            <li key={state} className="flex items-center gap-2">
              <StateShape state={state} size={15} decorative />
              <span>{stateWord(state)}</span>
              <span className="ml-auto text-muted tabular-nums">{formatCount(count)}</span>
            </li>
          ))}
        </ul>
      </Section>
      {longest.length > 0 && (
        <Section title="Took longest">
          <ul className="-mx-1.5 grid">
            {longest.map(({ node, ms }) => (
              <li key={node.key}>
                <button
                  type="button"
                  onClick={() => go({ node: node.key })}
                  className="flex h-[30px] w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-line2"
                >
                  <span className="mono min-w-0 truncate">{node.key}</span>
                  <span className="ml-auto flex-none text-muted tabular-nums">{formatDurationExact(ms)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <VerdictLog runId={run.summary.id} />
    </>
  );
}

function tookMs({ startedAt, endedAt }: NodeResource): number | undefined {
  return startedAt && endedAt ? toMillis(endedAt) - toMillis(startedAt) : undefined;
}
