import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CertaintyResource, RulePage, RuleResource } from "../../contract/rules.ts";
import { catalogue } from "../../diagnosis/catalogue.ts";
import { CERTAINTIES } from "../../diagnosis/certainty.ts";

/** All rules, in the order in which they are asked. */
export function listRules(): RuleResource[] {
  return catalogue.map((rule) => ({ ...rule }));
}

/** What the words for certainty mean, the surest first. */
export function listCertainties(): CertaintyResource[] {
  return CERTAINTIES.map((each) => ({ ...each }));
}

/** A rule with its page. Null where there is no such rule. */
export async function readRulePage(id: string): Promise<RulePage | null> {
  const rule = catalogue.find((r) => r.id === id);
  if (!rule) return null;
  const markdown = await readFile(join(process.cwd(), "lib/diagnosis/rules", `${rule.id}.md`), "utf8");
  return { ...rule, markdown };
}
