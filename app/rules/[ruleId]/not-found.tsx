import { NearRules } from "@/components/rules/near-rules";
import { TopBar } from "@/components/shell/top-bar";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { StateShape } from "@/components/ui/state-shape";
import { listRules } from "@/lib/server/queries/rules";

export default function RuleNotFound() {
  return (
    <>
      <TopBar crumbs={[{ label: "Rules", href: "/rules" }, { label: "No such rule" }]} />
      <main id="main" className="px-6 py-16">
        <EmptyState
          level={1}
          icon={<StateShape state="planned" size={28} decorative />}
          title="There is no such rule"
          action={
            <ButtonLink href="/rules" variant="primary">
              See all rules
            </ButtonLink>
          }
        >
          <NearRules rules={listRules()} />
        </EmptyState>
      </main>
    </>
  );
}
