"use client";

import { commandHere } from "@/components/runs/run-words";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { useCopy } from "@/components/ui/use-copy";

export interface CopyCommandProps {
  command: string;
  /** Which run it would unblock, for those who hear the button alone. */
  of: string;
  className?: string;
}

/** Copies the command that would unblock a run. The labels share one cell, so that the button keeps its width. */
export function CopyCommand({ command, of, className }: CopyCommandProps) {
  const [state, copy] = useCopy();
  const layer = (shown: boolean) =>
    cx("col-start-1 row-start-1 transition-opacity duration-100", !shown && "opacity-0");
  return (
    <>
      <Button
        size="sm"
        title={command}
        aria-label={`Copy command that would unblock ${of}`}
        onClick={() => copy(commandHere(command, window.location.origin))}
        className={className}
      >
        <span aria-hidden="true" className="grid justify-items-center">
          <span className={layer(state === "idle")}>Copy command</span>
          <span className={cx(layer(state === "copied"), "text-ok")}>Copied</span>
          <span className={cx(layer(state === "failed"), "text-stuck")}>Not copied</span>
        </span>
      </Button>
      <span role="status" className="sr-only">
        {state === "copied" ? "Copied" : state === "failed" ? "Not copied" : ""}
      </span>
    </>
  );
}
