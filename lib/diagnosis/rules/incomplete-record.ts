import { formatCount } from "../../base/format.ts";
import { hasEnded } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import type { RecordPart } from "../record-facts.ts";
import { code } from "../wording.ts";

const PARTS: Readonly<Record<RecordPart, string>> = {
  start: "its start",
  host: "the machine that it ran on",
  log: "where its log is",
};

export const incompleteRecord = defineRule({
  id: "incomplete-record",
  title: "Incomplete record",
  ruleClass: "note",
  family: "Tracking",
  summary: "It has ended, and what its source tells of the others is missing of it; lists each part.",
  settled: true,
  asks: hasEnded,
  needs: ["subject", "clock", "record"],
  judge({ subject, clock, record }) {
    const { attempt, node } = subject;
    if (!attempt || !clock || attempt.endedAt === undefined) return undefined;
    const { missing, endless, others } = record;
    if (missing.length + endless.length === 0) return undefined;
    if (endless.length === 0 && missing.every((part) => part === "start"))
      return { not: "only its start is missing: that is `lost-start`" };
    const ends = endless.map((number) => `the end of try ${number}`);
    const lacks = [...missing.map((part) => PARTS[part]), ...ends];
    const at = clock.ours(attempt.endedAt);
    const end = { at, kind: "end" as const, text: "It ended", eventId: attempt.endMessageId ?? null };
    return {
      claim: `${code(node.key)} has ended, but its record lacks ${listed(lacks)}`,
      short: "record incomplete",
      certainty: "proven",
      since: at,
      evidence: [
        end,
        ...missing.map((part) => ({
          at,
          kind: "gap" as const,
          text: `${formatCount(others.told[part])} of ${formatCount(others.ended)} others of its kind tell ${PARTS[part]}; it does not`,
          eventId: null,
        })),
        ...endless.map((number) => ({
          at,
          kind: "gap" as const,
          text: `Try ${number} was followed by another, and no end of it was ever told`,
          eventId: null,
        })),
      ],
      missing: lacks,
    };
  },
});

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
