import { shownState } from "@/components/runs/run-words";
import { Skeleton } from "@/components/ui/skeleton";
import { StateShape } from "@/components/ui/state-shape";
import { TextWithCode } from "@/components/ui/text-with-code";
import type { RunSummary } from "@/lib/contract/runs";

/** A run's page before its answer is there; with what the list says of it, where that is known. */
export function AwaitedRun({ summary }: { summary?: RunSummary | undefined }) {
  return (
    <main id="main" aria-busy="true" className="flex min-h-0 flex-1 flex-col">
      <span role="status" className="sr-only">
        Loading the run
      </span>
      <div className="flex flex-none items-start gap-4 border-b border-line bg-panel px-6 pt-5 pb-[18px] max-sm:gap-3 max-sm:px-4 max-sm:py-3.5">
        {summary ? (
          <StateShape state={shownState(summary)} size={28} />
        ) : (
          <Skeleton className="size-7 flex-none rounded-full" />
        )}
        <div className="min-w-0 flex-1">
          {summary ? (
            <h1 className="max-w-[1040px] text-2xl font-title tracking-[-0.015em] text-pretty max-sm:text-xl">
              <TextWithCode
                text={summary.headline}
                codeClassName="!text-[0.9em] font-semibold tracking-normal"
              />
            </h1>
          ) : (
            <Skeleton className="h-[27px] w-3/5 max-sm:w-full" />
          )}
          <Skeleton className="mt-2 h-[19px] w-2/5" />
          <Skeleton className="mt-3.5 h-[34px] w-80 max-w-full" />
        </div>
      </div>
      <div className="dotted-canvas min-h-[300px] flex-1" />
    </main>
  );
}
