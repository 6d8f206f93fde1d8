"use client";

import type { ReactNode } from "react";
import { holdersOf } from "@/components/graph/graph-model";
import { Neighbours } from "@/components/node/neighbours";
import { NodeLink } from "@/components/node/node-link";
import { Elapsed, LiveAge } from "@/components/runs/live-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TextWithCode } from "@/components/ui/text-with-code";
import { formatCount, formatQuantity } from "@/lib/base/format";
import type { NodeDetail } from "@/lib/contract/nodes";
import type { NodeResource, NodeStatusName, RunResource } from "@/lib/contract/runs";

export interface NodeInWordsProps {
  run: RunResource;
  node: NodeResource;
  /** Undefined until it is there: then the sentence says what the run's answer has of the node. */
  detail: NodeDetail | undefined;
}

/** What a node without a verdict is doing, in one sentence. */
export function NodeInWords({ run, node, detail }: NodeInWordsProps) {
  return (
    <>
      <div className="px-[18px] pt-2 pb-3.5">
        <p className="rounded-xl border border-line bg-bg px-3.5 py-3 text-pretty">
          <Sentence run={run} node={node} detail={detail} />
        </p>
      </div>
      {detail ? (
        <Around detail={detail} />
      ) : (
        <div aria-busy="true">
          <SkeletonRows rows={4} height={30} className="px-0.5" />
        </div>
      )}
    </>
  );
}

function Around({ detail }: { detail: NodeDetail }) {
  const waitsOn = detail.upstream.filter((node) => OPEN.includes(node.status));
  return (
    <>
      {detail.upstream.length > 0 && (
        <Neighbours
          title={waitsOn.length > 0 ? "Waits for" : "After"}
          nodes={waitsOn.length > 0 ? waitsOn : detail.upstream}
        />
      )}
      {detail.downstream.length > 0 && <Neighbours title="Before" nodes={detail.downstream} />}
    </>
  );
}

const OPEN: readonly NodeStatusName[] = ["planned", "waiting", "running"];

function Sentence({ run, node, detail }: NodeInWordsProps): ReactNode {
  const latest = detail?.attempts[0];
  const holder = holdersOf(run).get(node.key);
  const took = node.startedAt && node.endedAt && <Elapsed from={node.startedAt} to={node.endedAt} />;
  switch (node.status) {
    case "planned":
    case "waiting":
      return (
        <>
          {node.status === "planned" ? "Planned; no attempt has started." : "Spoken of, not started."}
          {holder !== undefined && (
            <>
              {" "}
              Waits for <NodeLink nodeKey={holder} />.
            </>
          )}
        </>
      );
    case "running":
      return (
        <>
          Running
          {node.startedAt && (
            <>
              {" "}
              for <Elapsed from={node.startedAt} to={null} />
            </>
          )}
          .{" "}
          {latest?.life.lastBeatAt ? (
            <>
              {formatQuantity(latest.life.beats, "beat")}, last <LiveAge at={latest.life.lastBeatAt} />.
            </>
          ) : (
            detail && "Its source sends no heartbeats."
          )}
        </>
      );
    case "completed":
      return (
        <>
          Finished{took && <> in {took}</>}. {detail && outputs(detail)}
        </>
      );
    case "reused":
      return <>Reused from an earlier execution. {node.cache && <TextWithCode text={node.cache.reason} />}</>;
    case "failed":
      return (
        <>
          Failed{took && <> after {took}</>}.{" "}
          {latest?.error && <span className="text-stuck">{latest.error.split("\n")[0]}</span>}
        </>
      );
    case "aborted":
      return <>Aborted{took && <> after {took}</>}.</>;
    case "skipped":
      return "Skipped: the orchestrator said that it will not run.";
  }
}

function outputs({ attempts }: NodeDetail): string {
  const all = attempts[0]?.outputs ?? [];
  if (all.length === 0) return "It named no outputs.";
  const written = all.filter((o) => o.state === "written" || o.state === "committed").length;
  return `${formatCount(written)} of ${formatQuantity(all.length, "output")} seen written.`;
}
