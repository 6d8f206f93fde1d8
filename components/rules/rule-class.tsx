import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { RuleResource } from "@/lib/contract/rules";

type RuleClass = RuleResource["ruleClass"];

const CLASSES: Readonly<Record<RuleClass, { word: string; tone: BadgeTone; means: string }>> = {
  stuck: { word: "Stuck", tone: "stuck", means: "nothing will change by waiting" },
  waiting: { word: "Waiting", tone: "wait", means: "for something that has a name" },
  alive: { word: "Alive", tone: "slow", means: "it works, but slower or again" },
  note: { word: "Note", tone: "neutral", means: "explains, but holds nothing by itself" },
  unknown: { word: "Unknown", tone: "neutral", means: "nothing can be said of it at present" },
};

export function RuleClassBadge({ ruleClass }: { ruleClass: RuleClass }) {
  const { word, tone } = CLASSES[ruleClass];
  return <Badge tone={tone}>{word}</Badge>;
}

/** The badge and what it means: `Stuck: nothing will change by waiting`. */
export function RuleClassMeaning({ ruleClass }: { ruleClass: RuleClass }) {
  return (
    <span className="inline-flex items-baseline gap-2">
      <RuleClassBadge ruleClass={ruleClass} />
      <span className="text-muted">{CLASSES[ruleClass].means}</span>
    </span>
  );
}

export const RULE_CLASSES = Object.keys(CLASSES) as readonly RuleClass[];
