import { defineRule } from "../define-rule.ts";
import { startEvidence } from "../evidence.ts";
import { code } from "../wording.ts";

export const foreignOutputs = defineRule({
  id: "foreign-outputs",
  title: "Foreign outputs",
  ruleClass: "note",
  family: "Completion",
  summary: "Outputs are there, but not this attempt's: older than its start, or another attempt's.",
  needs: ["subject", "clock", "outputs"],
  judge({ subject, clock, outputs }, { now }) {
    const [first] = outputs.foreign;
    if (!subject.attempt || !clock || subject.attempt.status !== "running" || !first) return undefined;
    const rest = outputs.foreign.length - 1;
    const others =
      rest === 0 ? "" : `, and ${rest} more of its outputs ${rest === 1 ? "is" : "are"} not its own either`;
    return {
      claim: `${code(first.name)} is there, but it ${first.because ?? "is not its own"}: it shows nothing of what ${code(subject.node.key)} has done${others}`,
      short: "outputs there, not its own",
      certainty: "proven",
      since: subject.startedAt ?? now,
      evidence: [
        startEvidence(subject),
        ...outputs.foreign.map((output) => ({
          at: output.writtenAt ?? now,
          kind: "written" as const,
          text: `${code(output.name)} ${output.because ?? ""}`.trim(),
          eventId: output.eventId,
        })),
      ],
      missing: ["a write by this attempt itself", clock.note],
    };
  },
});
