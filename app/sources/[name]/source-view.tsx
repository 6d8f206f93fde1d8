"use client";

import { useSearchParams } from "next/navigation";
import { SourceScreen } from "@/components/sources/source-screen";
import type { Span } from "@/components/sources/source-words";
import { Notice } from "@/components/ui/notice";
import { readSpan } from "./search-params";

/** The page of a source as the address asks for it. */
export function SourceView({ name }: { name: string }) {
  const { span, ignored } = readSpan(useSearchParams().get("span") ?? undefined);
  return (
    <>
      {ignored !== undefined && (
        <Notice tone="warn" className="mb-4">
          The link asked for span=“{ignored}”, which is neither 24h nor 7d; here are 24 hours.
        </Notice>
      )}
      <SourceScreen name={name} span={span} onSpan={goTo} />
    </>
  );
}

function goTo(span: Span): void {
  window.history.replaceState(null, "", span === "24h" ? window.location.pathname : `?span=${span}`);
}
