"use client";

import { useSearchParams } from "next/navigation";
import { CompareScreen } from "@/components/compare/compare-screen";
import { Notice } from "@/components/ui/notice";
import { readCompareParams } from "./search-params";

export interface CompareViewProps {
  runId: string;
  /** What the link asked to compare with, and the server could not. */
  refusedWith: string | undefined;
  ignored: string | undefined;
}

/** The comparison as the address asks for it. */
export function CompareView({ runId, refusedWith, ignored }: CompareViewProps) {
  const params = useSearchParams();
  const { other, all } = readCompareParams(Object.fromEntries(params));
  const isRefused = other !== undefined && other === refusedWith;
  const vain = [
    ...(ignored === undefined ? [] : [ignored]),
    ...(isRefused
      ? [`with=${other.slice(0, 60)} (no other run of this id is known; this is the last good one)`]
      : []),
  ];
  return (
    <>
      {vain.length > 0 && (
        <Notice tone="warn" className="mb-4">
          The link asked for something that this page cannot show; it was left out: {vain.join("; ")}.
        </Notice>
      )}
      <CompareScreen
        runId={runId}
        other={isRefused ? undefined : other}
        all={all}
        onOther={(id) => go({ with: id }, "push")}
        onAll={(next) => go({ show: next ? "all" : undefined }, "replace")}
      />
    </>
  );
}

function go(change: Readonly<Record<string, string | undefined>>, how: "push" | "replace"): void {
  const params = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) params.delete(name);
    else params.set(name, value);
  }
  const query = params.toString();
  const url = query ? `?${query}` : window.location.pathname;
  if (how === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
}
