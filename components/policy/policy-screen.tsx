"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { HistoryRows } from "@/components/policy/history-rows";
import { OverrideRows } from "@/components/policy/override-rows";
import { type Draft, ThresholdForm } from "@/components/policy/threshold-form";
import { valueWords } from "@/components/policy/threshold-words";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { policyHistoryQuery, policyQuery } from "@/lib/client/policy-queries";

/** What is set, how to set it, what there is to set, and what was done. */
export function PolicyScreen({ draft }: { draft: Draft }) {
  const { data: policy, error } = useQuery(policyQuery());
  const history = useInfiniteQuery(policyHistoryQuery());
  // The page brings its first answer along.
  if (!policy) return error ? <Notice tone="warn">{error.message}</Notice> : <SkeletonRows rows={8} />;
  const { thresholds, overrides } = policy;
  return (
    <>
      <Part title="Set for some pipelines or nodes">
        <OverrideRows overrides={overrides} thresholds={thresholds} />
      </Part>
      <Part title="Set a threshold">
        <ThresholdForm thresholds={thresholds} draft={draft} />
      </Part>
      <Part title="What was changed">
        <HistoryRows history={history} thresholds={thresholds} />
      </Part>
      <Part title="All thresholds">
        <ul>
          {thresholds.map((t) => (
            <li
              key={t.name}
              id={t.name}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 border-b border-line2 px-4 py-2.5 last:border-0 target:bg-line2/60 max-sm:px-3 md:grid-cols-[220px_minmax(0,1fr)_auto]"
            >
              <span className="mono min-w-0 text-sm font-semibold wrap-anywhere">{t.name}</span>
              <p className="min-w-0 text-pretty text-muted max-md:col-span-2 max-md:row-start-2">
                {t.reason}
                {t.of === "run" && " For whole runs only."}
              </p>
              <span className="text-right tabular-nums">{valueWords(t.default, t.unit)}</span>
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-5">
      <div className="mb-2 flex min-h-[26px] items-center">
        <SectionHead level={2}>{title}</SectionHead>
      </div>
      <Card>{children}</Card>
    </section>
  );
}
