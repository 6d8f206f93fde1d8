"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { valueWords } from "@/components/policy/threshold-words";
import { useName } from "@/components/policy/use-name";
import { LiveAge } from "@/components/runs/live-time";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { clearThreshold, policyKeys } from "@/lib/client/policy-queries";
import type { PolicyResource, ThresholdResource } from "@/lib/contract/policy";

export interface OverrideRowsProps {
  overrides: PolicyResource["overrides"];
  thresholds: readonly ThresholdResource[];
}

/** What is set, newest first. */
export function OverrideRows({ overrides, thresholds }: OverrideRowsProps) {
  const name = useName();
  const client = useQueryClient();
  const [nameless, setNameless] = useState(false);
  const clear = useMutation({
    mutationFn: clearThreshold,
    onSettled: () => client.invalidateQueries({ queryKey: policyKeys.all }),
  });
  if (overrides.length === 0) {
    return (
      <EmptyState title="Nothing is set">
        All pipelines are judged by the same thresholds. Set one below where a pipeline, or a step, is slower
        or quicker than most.
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label="What is set">
        {overrides.map((o) => {
          const threshold = thresholds.find((t) => t.name === o.threshold);
          const words = (value: number) => valueWords(value, threshold?.unit ?? "");
          return (
            <li
              key={`${o.threshold} ${o.pipeline} ${o.node}`}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line2 px-4 py-2.5 last:border-0 max-sm:px-3"
            >
              <div className="flex min-w-0 flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
                <span className="mono text-sm font-semibold wrap-anywhere">{o.threshold}</span>{" "}
                <span className="tabular-nums">
                  <b className="font-semibold">{words(o.value)}</b>
                  {threshold && <span className="text-muted"> instead of {words(threshold.default)}</span>}
                </span>{" "}
                <Where pipeline={o.pipeline} node={o.node} />
              </div>
              <Button
                size="sm"
                disabled={clear.isPending}
                aria-label={`Take away ${o.threshold} of ${o.pipeline}${o.node === null ? "" : `, ${o.node}`}`}
                onClick={() => {
                  setNameless(name === "");
                  if (name === "") return;
                  const { threshold: of, pipeline, node } = o;
                  clear.mutate({ threshold: of, pipeline, node, who: name, note: "" });
                }}
              >
                Take away
              </Button>
              <p className="col-span-2 min-w-0 text-sm text-pretty wrap-anywhere text-muted">
                {o.who}, <LiveAge at={o.at} />
                {o.note && `: ${o.note}`}
              </p>
            </li>
          );
        })}
      </ul>
      {(nameless || clear.isError) && (
        <p role="status" className="border-t border-line2 px-4 py-2 text-stuck max-sm:px-3">
          {nameless ? "Say who you are first: set your name below." : clear.error?.message}
        </p>
      )}
    </>
  );
}

/** For which pipelines and nodes. */
export function Where({ pipeline, node }: { pipeline: string; node: string | null }) {
  return (
    <span className="min-w-0 text-muted">
      {pipeline === "*" ? "in all pipelines" : "in "}
      {pipeline !== "*" && <span className="mono text-sm wrap-anywhere text-text">{pipeline}</span>}
      {node !== null && (
        <>
          {", node "}
          <span className="mono text-sm wrap-anywhere text-text">{node}</span>
        </>
      )}
    </span>
  );
}
