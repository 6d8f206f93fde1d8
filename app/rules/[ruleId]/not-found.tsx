import { NearRules } from "@/components/rules/near-rules";
import { NotThere } from "@/components/shell/not-there";
import { listRules } from "@/lib/server/queries/rules";

export default function RuleNotFound() {
  return (
    <NotThere
      title="There is no such rule"
      crumbs={[{ label: "Rules", href: "/rules" }, { label: "No such rule" }]}
      ways={[["/rules", "See all rules"]]}
    >
      <NearRules rules={listRules()} />
    </NotThere>
  );
}
