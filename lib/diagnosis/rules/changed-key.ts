import { formatQuantity } from "../../base/format.ts";
import { defineRule } from "../define-rule.ts";
import { ago, code, names } from "../wording.ts";

/** In the order in which a person would look: what people change by hand comes before what follows from it. */
const KINDS = ["code", "parameter", "environment", "setting", "input", "upstream", "output", "other"];

export const changedKey = defineRule({
  id: "changed-key",
  title: "Changed key",
  ruleClass: "note",
  family: "Caching",
  summary:
    "It was run again instead of reused because its key differs: says in which component, from what to what.",
  settled: true,
  needs: ["subject", "clock", "cache"],
  judge({ subject, clock, cache }, { now }) {
    const changed = cache.diff
      .filter((d) => d.changed)
      .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
    const [first] = changed;
    const status = cache.cache?.status;
    if (!clock || !status || !first || !cache.baseline || !cache.first) return undefined;
    const { consequences } = cache;
    const what = first.kind === first.name ? `its ${first.kind}` : `its ${first.kind} ${code(first.name)}`;
    const also = changed.length > 1 ? `, and ${formatQuantity(changed.length - 1, "other component")}` : "";
    const behind =
      consequences.length === 0 ? "" : `; ${names(consequences)} behind it ran again as a consequence`;
    return {
      claim: `${code(subject.node.key)} was not reused: ${what} ${changeOf(first)}${also}${behind}`,
      short: `${first.kind} changed`,
      certainty: "proven",
      since: clock.told(status),
      evidence: [
        ...changed.slice(0, 10).map((d) => ({
          at: clock.told(status),
          kind: "cache" as const,
          text: `${d.kind} ${code(d.name)} ${changeOf(d)}`,
          eventId: status.messageId,
        })),
        {
          at: cache.baseline.endedAt,
          kind: "cache",
          text: `The closest earlier execution ended ${ago(cache.baseline.endedAt, now)} (run ${code(cache.baseline.runId)})`,
          eventId: null,
        },
      ],
    };
  },
});

function changeOf(diff: { before: string | null; now: string | null }): string {
  if (diff.before === null) return `is new: ${code(short(diff.now ?? ""))}`;
  if (diff.now === null) return `is gone; it was ${code(short(diff.before))}`;
  return `changed from ${code(short(diff.before))} to ${code(short(diff.now))}`;
}

/** A digest is told apart by its beginning; a value may be a page long. */
function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
