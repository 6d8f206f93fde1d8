import { formatDuration, formatQuantity } from "../../base/format.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, startEvidence } from "../evidence.ts";
import { code } from "../wording.ts";

export const darkSource = defineRule({
  id: "dark-source",
  title: "Dark source",
  ruleClass: "unknown",
  family: "Tracking",
  summary: "The source itself has fallen silent, so that the silence of its attempts proves nothing.",
  beats: {
    "lost-completion": "its source is dark: the end may have been sent and not received",
    "hung-after-output": "its source is dark: nothing that it did since can be known",
    "silent-heartbeat": "its source is dark: beats may have been sent and not received",
    "unclosed-parent": "its source is dark: the end may have been sent and not received",
    "ignored-cancel": "its source is dark: it may have stopped unheard",
    "lost-node": "its source is dark: it may have been started anew unheard",
    "killed-process": "its source is dark: it may have been started anew unheard",
    "job-outlived": "its source is dark: the end may have been sent and not received",
    "unreachable-storage": "its source is dark: it may have gone on unheard",
    "unpullable-image": "its source is dark: it may have begun unheard",
  },
  needs: ["subject", "clock", "beat", "source"],
  judge({ subject, clock, beat, source }, { now }) {
    if (!subject.open || !clock) return undefined;
    if (source.state !== "dark") {
      // Worth saying only of one that is silent: of the others nobody would have thought it.
      if (beat.state !== "suspect" && beat.state !== "dead") return undefined;
      if (source.state === "alive" && source.lastHeardAt !== undefined) {
        return {
          not: `${code(source.name)} was heard ${formatDuration(Math.max(0, now - source.lastHeardAt))} ago, after this attempt fell silent`,
        };
      }
      return undefined;
    }
    const since = source.lastHeardAt ?? clock.lastSignAt ?? now;
    const silent = formatDuration(now - since);
    return {
      claim: `Nothing has been received from ${code(source.name)} for ${silent}: all ${formatQuantity(source.rhythms, "attempt")} of it that keep a rhythm fell silent, so nothing can be told of ${code(subject.node.key)}`,
      short: "its source is dark",
      certainty: "likely",
      since,
      evidence: [
        startEvidence(subject),
        ...beatEvidence(beat, now),
        { at: since, kind: "gap", text: `Nothing from ${code(source.name)} since`, eventId: null },
      ],
      missing: [
        "anything at all from the source since then: one message would tell its outage from this attempt's",
        clock.note,
      ],
      unblock: [
        {
          action: `Look whether ${code(source.name)} can reach this server: its network, its token, its transport's log`,
          command: null,
          risk: "None: it only looks.",
        },
      ],
    };
  },
});
