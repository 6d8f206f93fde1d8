"use client";

import Link from "next/link";
import { useCertaintyMeaning } from "@/components/node/use-rule-title";
import { Elapsed } from "@/components/runs/live-time";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { TextWithCode } from "@/components/ui/text-with-code";
import { ExactTime } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import type { VerdictResource } from "@/lib/contract/diagnosis";

const SURFACES: Readonly<Record<BadgeTone, string>> = {
  stuck: "border-stuck/30 bg-stuck-bg",
  suspect: "border-suspect/30 bg-suspect-bg",
  slow: "border-slow/30 bg-slow-bg",
  wait: "border-wait/30 bg-wait-bg",
  run: "border-run/30 bg-run-bg",
  ok: "border-ok/30 bg-ok-bg",
  reuse: "border-reuse/30 bg-reuse-bg",
  neutral: "border-line bg-bg",
};

function toneOf({ ruleClass, certainty }: VerdictResource): BadgeTone {
  switch (ruleClass) {
    case "stuck":
      return certainty === "possible" ? "suspect" : "stuck";
    case "waiting":
      return "wait";
    case "alive":
      return "slow";
    case "unknown":
    case "note":
      return "neutral";
  }
}

export interface ClaimCardProps {
  verdict: VerdictResource;
  title: string;
  /** Among others, below the first. */
  small?: boolean;
}

/** What is claimed, how sure it is, and since when. */
export function ClaimCard({ verdict, title, small = false }: ClaimCardProps) {
  const tone = toneOf(verdict);
  const certaintyMeans = useCertaintyMeaning();
  return (
    <div className={cx("rounded-xl border px-3.5", small ? "py-2.5" : "py-3", SURFACES[tone])}>
      <div className="mb-1 flex items-center gap-2">
        <h3 className="min-w-0 font-semibold">
          <Link
            href={`/rules/${encodeURIComponent(verdict.rule)}`}
            className="rounded-sm underline decoration-transparent underline-offset-2 hover:decoration-current"
          >
            {title}
          </Link>
        </h3>
        <Tooltip content={certaintyMeans(verdict.certainty)}>
          <Link href="/rules#certainty" className="rounded-full">
            <Badge tone={tone} solid={verdict.certainty === "proven" && tone !== "neutral"}>
              {verdict.certainty}
            </Badge>
          </Link>
        </Tooltip>
        <span className="flex-1" />
        <Tooltip content={<ExactTime at={verdict.since} />}>
          <span className="text-muted">
            <Elapsed from={verdict.since} to={null} />
          </span>
        </Tooltip>
      </div>
      <TextWithCode text={verdict.claim} className="block text-pretty" />
    </div>
  );
}
