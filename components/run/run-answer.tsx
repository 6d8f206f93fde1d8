"use client";

import { ClipboardCopy } from "lucide-react";
import { memo } from "react";
import { BlockerRows } from "@/components/run/blocker-rows";
import { RunFacts } from "@/components/run/run-facts";
import { commandHere, riskWords, shownState } from "@/components/runs/run-words";
import { CommandBox } from "@/components/ui/command-box";
import { CopyButton } from "@/components/ui/copy-button";
import { StateShape } from "@/components/ui/state-shape";
import { TextWithCode } from "@/components/ui/text-with-code";
import { useOrigin } from "@/components/use-origin";
import { diagnosisMarkdown } from "@/lib/contract/diagnosis-markdown";
import type { RunResource } from "@/lib/contract/runs";

/** The one sentence, its facts, and what to do about it. */
export const RunAnswer = memo(function RunAnswer({ run }: { run: RunResource }) {
  const { diagnosis } = run;
  const state = shownState(run.summary);
  const origin = useOrigin();
  const unblock = diagnosis.blockers
    .flatMap((blocker) => blocker.verdict?.unblock ?? [])
    .find((way) => way.command !== null);
  const markdown = {
    text: () => diagnosisMarkdown(diagnosis, window.location.href, (command) => commandHere(command, origin)),
    describedAs: "Copy as Markdown: the answer, for an issue or a chat",
    icon: <ClipboardCopy aria-hidden="true" size={15} />,
  };
  return (
    <section
      aria-label="The answer"
      className="flex flex-none items-start gap-4 border-b border-line bg-panel px-6 pt-5 pb-[18px] max-sm:gap-3 max-sm:px-4 max-sm:py-3.5"
    >
      <StateShape key={state} state={state} size={28} className="animate-appear" />
      <div className="min-w-0 flex-1">
        <h1 className="max-w-[1040px] text-2xl font-title tracking-[-0.015em] text-pretty max-sm:text-xl">
          <TextWithCode
            text={diagnosis.headline}
            codeClassName="!text-[0.9em] font-semibold tracking-normal"
          />
        </h1>
        <RunFacts run={run} />
        {unblock?.command && (
          <div className="mt-3.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <CommandBox
              command={commandHere(unblock.command, origin)}
              label="the command that would unblock it"
            />
            <TextWithCode text={riskWords(unblock.risk)} className="text-sm text-muted" />
          </div>
        )}
        <BlockerRows run={run} />
        {/* Beside the sentence there is no room for it on a phone. */}
        <CopyButton {...markdown} label="Copy as Markdown" className="mt-3 min-h-6 sm:hidden" />
      </div>
      <CopyButton {...markdown} label="Markdown" className="pt-1.5 max-sm:hidden" />
    </section>
  );
});
