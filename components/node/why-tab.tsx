"use client";

import { ClipboardCopy } from "lucide-react";
import type { ReactNode } from "react";
import { holdersOf } from "@/components/graph/graph-model";
import { ClaimCard } from "@/components/node/claim-card";
import { EvidenceList } from "@/components/node/evidence-list";
import { NodeInWords } from "@/components/node/node-in-words";
import { NodeLink } from "@/components/node/node-link";
import { useRuleTitle } from "@/components/node/use-rule-title";
import { UsedThresholds } from "@/components/node/used-thresholds";
import { commandHere, riskWords } from "@/components/runs/run-words";
import { CommandBox } from "@/components/ui/command-box";
import { CopyButton } from "@/components/ui/copy-button";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { TextWithCode } from "@/components/ui/text-with-code";
import { useOrigin } from "@/components/use-origin";
import { VerdictLog } from "@/components/verdicts/verdict-log";
import type { VerdictResource } from "@/lib/contract/diagnosis";
import { verdictMarkdown } from "@/lib/contract/diagnosis-markdown";
import type { NodeDetail } from "@/lib/contract/nodes";
import type { NodeResource, RunResource } from "@/lib/contract/runs";

export interface WhyTabProps {
  run: RunResource;
  nodeKey: string;
  /** As the run's answer, or the node's own, has it. */
  node: NodeResource | undefined;
  /** Undefined until it is there. */
  detail: NodeDetail | undefined;
  /** What stands there before anything can be said. */
  meanwhile: ReactNode;
}

/** The verdict, its proof, the way out, and what is not known: by the answer about the run until that about the node is there. */
export function WhyTab({ run, nodeKey, node, detail, meanwhile }: WhyTabProps) {
  const title = useRuleTitle();
  const origin = useOrigin();
  const verdicts = detail?.verdicts ?? run.diagnosis.verdicts.filter((v) => v.nodeKey === nodeKey);
  const leading = verdicts.find((v) => v.ruleClass !== "note");
  // Of what is not among the verdicts that the run's answer lists it has a few words only.
  if (!leading && !detail && (!node || node.verdict)) return meanwhile;
  const holder = holdersOf(run).get(nodeKey);
  const others = verdicts.filter((v) => v !== leading);
  return (
    <>
      {leading ? (
        <>
          <div className="px-[18px] pt-2 pb-3.5">
            <ClaimCard verdict={leading} title={title(leading.rule)} />
            <CopyButton
              text={() =>
                verdictMarkdown(leading, window.location.href, (command) => commandHere(command, origin))
              }
              label="Copy as Markdown"
              icon={<ClipboardCopy aria-hidden="true" size={14} />}
              className="mt-2 text-sm"
            />
          </div>
          {holder !== undefined && (
            <Section title="Held by">
              <NodeLink nodeKey={holder} className="font-semibold" />
            </Section>
          )}
          <Proof verdict={leading} />
          <UsedThresholds verdict={leading} pipeline={run.summary.pipeline} nodeKey={nodeKey} />
        </>
      ) : (
        node && <NodeInWords run={run} node={node} detail={detail} />
      )}
      {others.length > 0 && (
        <Section title={leading ? "Also noted" : "Noted"}>
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-4">
            {others.map((verdict) => (
              <li key={`${verdict.rule} ${verdict.attempt?.id ?? ""}`}>
                <ClaimCard verdict={verdict} title={title(verdict.rule)} small />
                <div className="mt-2">
                  <EvidenceList evidence={verdict.evidence} nodeKey={verdict.nodeKey} />
                </div>
                {verdict.unblock.length > 0 && (
                  <div className="mt-2">
                    <Ways verdict={verdict} />
                  </div>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <VerdictLog runId={run.summary.id} node={nodeKey} />
    </>
  );
}

function Proof({ verdict }: { verdict: VerdictResource }) {
  return (
    <>
      {verdict.evidence.length > 0 && (
        <Section title="Evidence">
          <EvidenceList evidence={verdict.evidence} nodeKey={verdict.nodeKey} />
        </Section>
      )}
      {verdict.unblock.length > 0 && (
        <Section title="What would unblock it">
          <Ways verdict={verdict} />
        </Section>
      )}
      {verdict.missing.length > 0 && (
        <Section title="Not known">
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-1.5 text-muted">
            {verdict.missing.map((text) => (
              <li key={text}>
                <TextWithCode text={text} codeClassName="text-text" />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {verdict.ruledOut.length > 0 && (
        <Section title="Ruled out">
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-1.5 text-muted">
            {verdict.ruledOut.map(({ rule, because }) => (
              <li key={rule}>
                <Mono className="text-text">{rule}</Mono> <TextWithCode text={because} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** Each way out: the command where there is one, what it does, what it costs. */
function Ways({ verdict }: { verdict: VerdictResource }) {
  const origin = useOrigin();
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {verdict.unblock.map(({ action, command, risk }) => (
        <li key={`${action} ${command ?? ""}`}>
          {command && (
            <CommandBox
              command={commandHere(command, origin)}
              label={`the command: ${action}`}
              className="mb-1.5 flex"
            />
          )}
          <TextWithCode text={action} className="block" />
          <TextWithCode text={riskWords(risk)} className="mt-0.5 block text-sm text-muted empty:hidden" />
        </li>
      ))}
    </ul>
  );
}
