import { CommandBox } from "@/components/ui/command-box";

/** The first page of an empty database: what this is, and the two ways to see it work. */
export function FirstEvent() {
  return (
    <header className="mb-5">
      <h1 className="text-2xl font-title tracking-[-0.015em] text-balance">
        Nothing has been received yet. Send the first event and this page turns into your runs.
      </h1>
      <p className="mt-2 max-w-[80ch] text-pretty text-muted">
        Unstuck says why a pipeline run has not finished: which node holds it, why, how sure that is, and what
        would unblock it. It speaks OpenLineage, so whatever already emits that needs one changed address.
      </p>
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2.5">
        <span className="flex items-center gap-2.5 text-muted">
          <span aria-hidden="true" className="size-2 flex-none animate-breathe rounded-full bg-run" />
          <span role="status">Waiting for the first event</span>
        </span>
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-muted">
          or watch real processes get stuck
          <CommandBox command="npm run demo" label="the command that starts the demo" />
        </span>
      </div>
    </header>
  );
}
