"use client";

import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { type CopyState, useCopy } from "@/components/ui/use-copy";

export interface CopyButtonProps {
  /** What goes to the clipboard. A function is asked at the click: the page's address may have changed. */
  text: string | (() => string);
  /** What the button says. */
  label?: string;
  /** What is copied, for those who hear the button alone: "Copy the command". */
  describedAs?: string;
  icon?: ReactNode;
  className?: string;
}

const SAYS: Readonly<Record<Exclude<CopyState, "idle">, string>> = {
  copied: "Copied",
  failed: "Failed",
};

/** All labels lie in one grid cell, so that the button keeps its width whichever of them is seen. */
export function CopyButton({ text, label = "Copy", describedAs, icon, className }: CopyButtonProps) {
  const [state, copy] = useCopy();
  const layer = (of: CopyState) =>
    cx("col-start-1 row-start-1 text-center transition-opacity duration-100", state !== of && "opacity-0");
  return (
    <>
      <button
        type="button"
        aria-label={describedAs}
        onClick={() => copy(typeof text === "string" ? text : text())}
        className={cx(
          "inline-flex flex-none items-center gap-1.5 rounded-sm text-muted whitespace-nowrap hover:text-text",
          className,
        )}
      >
        {icon}
        <span className="grid" aria-hidden={describedAs !== undefined}>
          <span className={layer("idle")}>{label}</span>
          <span aria-hidden="true" className={cx(layer("copied"), "text-ok")}>
            {SAYS.copied}
          </span>
          <span aria-hidden="true" className={cx(layer("failed"), "text-stuck")}>
            {SAYS.failed}
          </span>
        </span>
      </button>
      <span role="status" className="sr-only">
        {state === "copied" && "Copied"}
        {state === "failed" && "The browser did not allow it; select the text and copy it by hand"}
      </span>
    </>
  );
}
