import type { Metadata } from "next";
import Link from "next/link";
import { Fragment } from "react";
import { RULE_CLASSES, RuleClassBadge, RuleClassMeaning } from "@/components/rules/rule-class";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { Card } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { TextWithCode } from "@/components/ui/text-with-code";
import { listCertainties, listRules } from "@/lib/server/queries/rules";

export const metadata: Metadata = { title: "Rules" };

export default function RulesPage() {
  const families = Map.groupBy(listRules(), (rule) => rule.family);
  return (
    <>
      <TopBar />
      <PageMain width="cards">
        <h1 className="text-xl font-title tracking-[-0.01em]">Why a run has not finished</h1>
        <p className="mt-1 max-w-[72ch] text-pretty text-muted">
          Each rule knows one reason, says on what evidence it speaks, and when it may be wrong.
        </p>
        <ul className="mt-3 mb-6 flex flex-wrap gap-x-5 gap-y-1.5 text-sm">
          {RULE_CLASSES.map((ruleClass) => (
            <li key={ruleClass}>
              <RuleClassMeaning ruleClass={ruleClass} />
            </li>
          ))}
        </ul>
        <h2 id="certainty" className="mb-1.5 scroll-mt-20 text-lg font-title tracking-[-0.01em]">
          How sure it is
        </h2>
        <dl className="mb-6 grid max-w-[86ch] grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
          {listCertainties().map(({ certainty, means }) => (
            <Fragment key={certainty}>
              <dt className="font-medium">{certainty}</dt>
              <dd className="text-pretty text-muted">{means}</dd>
            </Fragment>
          ))}
        </dl>
        {[...families].map(([family, rules]) => (
          <section key={family} className="mb-6">
            <h2 className="mb-2.5 text-lg font-title tracking-[-0.01em] first-letter:uppercase">{family}</h2>
            <Card>
              <ul>
                {rules.map((rule) => (
                  <li
                    key={rule.id}
                    className="relative grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 border-b border-line2 px-4 py-3 last:border-0 hover:bg-line2/50 max-sm:px-3 md:grid-cols-[220px_minmax(0,1fr)_auto]"
                  >
                    <div className="min-w-0">
                      <Link
                        href={`/rules/${rule.id}`}
                        prefetch={false}
                        className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                      >
                        {rule.title}
                      </Link>
                      <div>
                        <Mono className="text-xs text-faint">{rule.id}</Mono>
                      </div>
                    </div>
                    <p className="min-w-0 text-pretty text-muted max-md:col-span-2 max-md:row-start-2">
                      <TextWithCode text={rule.summary} />
                    </p>
                    <RuleClassBadge ruleClass={rule.ruleClass} />
                  </li>
                ))}
              </ul>
            </Card>
          </section>
        ))}
      </PageMain>
    </>
  );
}
