import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { homeHref } from "@/app/search-params";
import { Markdown, withoutTitle } from "@/components/rules/markdown";
import { RuleClassMeaning } from "@/components/rules/rule-class";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { Mono } from "@/components/ui/mono";
import { TextWithCode } from "@/components/ui/text-with-code";
import { formatCount } from "@/lib/base/format";
import { NO_FILTERS } from "@/lib/client/run-query-params";
import { readRulePage } from "@/lib/server/queries/rules";
import { listRuns } from "@/lib/server/queries/run-list";

interface RulePageProps {
  params: Promise<{ ruleId: string }>;
}

/** Counting further would cost more than the figure is worth. */
const COUNTED = 200;

export async function generateMetadata({ params }: RulePageProps): Promise<Metadata> {
  const rule = await readRulePage((await params).ruleId);
  return rule ? { title: rule.title, description: rule.summary } : { title: "No such rule" };
}

export default async function RulePage({ params }: RulePageProps) {
  const rule = await readRulePage((await params).ruleId);
  if (!rule) notFound();
  const having = { ...NO_FILTERS, state: ["open" as const], rule: [rule.id] };
  const { runs, nextCursor } = await listRuns({ ...having, limit: COUNTED });
  return (
    <>
      <TopBar
        crumbs={[
          { label: "Rules", href: "/rules" },
          { label: rule.id, mono: true },
        ]}
      />
      <PageMain width="text">
        <h1 className="text-2xl font-title tracking-[-0.015em] text-balance">{rule.title}</h1>
        <p className="mt-1.5 max-w-[72ch] text-pretty text-muted">
          <TextWithCode text={rule.summary} />
        </p>
        <div className="mt-3 mb-6 flex flex-wrap items-baseline gap-x-5 gap-y-1.5">
          <RuleClassMeaning ruleClass={rule.ruleClass} />
          <span className="text-muted">
            Family <span className="text-text">{rule.family}</span>
          </span>
          <Mono className="text-muted">{rule.id}</Mono>
          {runs.length === 0 ? (
            <span className="text-muted">No open run has it now</span>
          ) : (
            <Link href={homeHref(having)} className="font-medium text-accent hover:underline">
              {formatCount(runs.length)}
              {nextCursor === null ? "" : " and more"}{" "}
              {runs.length === 1 ? "open run has it now" : "open runs have it now"}
            </Link>
          )}
        </div>
        <Markdown text={withoutTitle(rule.markdown)} />
        <p className="mt-8 border-t border-line2 pt-4">
          <Link href="/rules" className="text-accent hover:underline">
            All rules
          </Link>
        </p>
      </PageMain>
    </>
  );
}
