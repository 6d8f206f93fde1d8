"use client";

import { useQuery } from "@tanstack/react-query";
import { useDayMarks } from "@/components/day-marks";
import { NodeLink } from "@/components/node/node-link";
import { useRuleTitle } from "@/components/node/use-rule-title";
import { useRunAddress } from "@/components/run/use-run-address";
import { Section } from "@/components/ui/section";
import { TextWithCode } from "@/components/ui/text-with-code";
import { ClockTime, DayLine } from "@/components/ui/time";
import { verdictHistoryQuery } from "@/lib/client/verdict-queries";
import type { VerdictChangeResource } from "@/lib/contract/verdict-history";

/** A panel shows so many, the newest first; the API has all. */
const MOST = 30;

/** When which verdict of a run, or of one node, was opened, changed and closed, and why it closed. Nothing where none was. */
export function VerdictLog({ runId, node }: { runId: string; node?: string }) {
  const [{ at }] = useRunAddress();
  const { data } = useQuery(verdictHistoryQuery(runId, { node, at }));
  const changes = data?.changes.toReversed().slice(0, MOST) ?? [];
  const days = useDayMarks(changes.map((change) => change.at));
  if (changes.length === 0) return null;
  return (
    <Section title="What was said when">
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {changes.map((change, i) => (
          <li key={change.id} className="grid grid-cols-[60px_minmax(0,1fr)] items-baseline gap-2">
            <DayLine day={days[i]} className="col-span-2" />
            <span className="mono text-sm text-muted">
              <ClockTime at={change.at} seconds />
            </span>
            <Line change={change} named={node === undefined} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

const WORDS: Readonly<Record<VerdictChangeResource["change"], string>> = {
  opened: "opened",
  changed: "now",
  closed: "closed",
};

function Line({ change, named }: { change: VerdictChangeResource; named: boolean }) {
  const title = useRuleTitle();
  const [, go] = useRunAddress();
  const { rule, certainty, nodeKey, words, messages } = change;
  const cause = messages[0];
  return (
    <div className="min-w-0 text-pretty">
      {named && (
        <>
          <NodeLink nodeKey={nodeKey} />{" "}
        </>
      )}
      <b className="font-semibold">{title(rule)}</b>{" "}
      <span className="text-muted">
        {WORDS[change.change]}
        {change.change === "closed" ? ":" : `, ${certainty}`}
      </span>{" "}
      {change.change === "closed" && <TextWithCode text={words} />}
      {cause !== undefined && (
        <>
          {" "}
          <button
            type="button"
            onClick={() => go({ event: cause }, "push")}
            className="rounded-sm text-sm whitespace-nowrap text-accent hover:underline"
          >
            {messages.length === 1 ? "what came" : `the last of ${messages.length} that came`}
          </button>
        </>
      )}
    </div>
  );
}
