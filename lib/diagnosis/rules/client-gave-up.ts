import { tellsState } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { ago, code } from "../wording.ts";

/**
 * States of Azure ML that its own SDK takes for the end (`TERMINAL_STATUSES` of azure-ai-ml), though a run comes back
 * from them; with what they mean.
 */
const NOT_THE_END: Readonly<Record<string, string>> = {
  notresponding: "the service has lost contact with it, and it may come back by itself",
  paused: "it may be resumed",
};
const AZURE_ML = /^azure-?ml\b/;
/** A word that only Azure ML has, whoever passes it on. */
const ITS_OWN = "notresponding";

export const clientGaveUp = defineRule({
  id: "client-gave-up",
  title: "Client gave up",
  ruleClass: "note",
  family: "Completion",
  summary:
    "It is in a state that clients take for the end, though it is not: who waited for it may have gone on.",
  asks: tellsState,
  needs: ["subject", "clock", "told"],
  judge({ subject, clock, told }, { now }) {
    const { attempt, node, rootAttempt } = subject;
    const { state } = told;
    if (!attempt || !clock || !state || attempt.endedAt !== undefined) return undefined;
    const integration = attempt.state.facts.integration ?? rootAttempt?.state.facts.integration;
    const meaning = Object.hasOwn(NOT_THE_END, state.word) ? NOT_THE_END[state.word] : undefined;
    const isAzure = [integration?.value, attempt.state.source].some((of) => AZURE_ML.test(of ?? ""));
    if (meaning === undefined || !(isAzure || state.word === ITS_OWN)) return undefined;
    return {
      claim: `${code(node.key)} has been ${code(state.as)} since ${ago(state.since, now)}: ${meaning}, but \`jobs.stream()\` and other clients that wait for its end return without an error`,
      short: `${state.as}: not the end`,
      certainty: "proven",
      since: state.since,
      evidence: [
        { at: state.since, kind: "note", text: `Its source said ${code(state.as)}`, eventId: state.eventId },
      ],
      missing: ["its end", clock.note],
      unblock: [
        {
          action: "See whether the script that waited for it went on as if it had ended",
          command: null,
          risk: "None: it only looks.",
        },
      ],
    };
  },
});
