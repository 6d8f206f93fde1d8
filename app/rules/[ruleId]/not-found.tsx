import { NearRules } from "@/components/rules/near-rules";
import { NotThere } from "@/components/shell/not-there";
import { ButtonLink } from "@/components/ui/button";
import { listRules } from "@/lib/server/queries/rules";

export default function RuleNotFound() {
  return (
    <NotThere
      title="There is no such rule"
      crumbs={[{ label: "Rules", href: "/rules" }, { label: "No such rule" }]}
      action={
        <ButtonLink href="/rules" variant="primary">
          See all rules
        </ButtonLink>
      }
    >
      <NearRules rules={listRules()} />
    </NotThere>
  );
}
