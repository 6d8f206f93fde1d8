"use client";

import { useSyncExternalStore } from "react";
import { cx } from "@/components/ui/cx";

const never = () => () => {};
const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether the reader's keyboard has ⌘; undefined until the browser says. */
function useIsMac(): boolean | undefined {
  return useSyncExternalStore<boolean | undefined>(never, isMac, () => undefined);
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  PageUp: "Page up",
  PageDown: "Page down",
  " ": "Space",
};

const SPOKEN: Readonly<Record<string, string>> = {
  "←": "Left arrow",
  "→": "Right arrow",
  "↑": "Up arrow",
  "↓": "Down arrow",
  "/": "Slash",
  "?": "Question mark",
};

export interface KeysProps {
  /** As a KeyboardEvent names it, perhaps behind "Mod+". */
  combination: string;
  className?: string;
}

/** A key as it is written on the keyboard: `Ctrl K`, or `⌘K`. */
export function Keys({ combination, className }: KeysProps) {
  const mac = useIsMac();
  const mod = combination.startsWith("Mod+");
  const key = mod ? combination.slice(4) : combination;
  const name = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const text = mod ? (mac === false ? `Ctrl ${name}` : `⌘${name}`) : name;
  return (
    <kbd
      className={cx(
        "inline-block flex-none rounded-sm border border-line px-1 text-center font-sans text-xs text-faint transition-opacity",
        mod && mac === undefined && "opacity-0",
        className,
      )}
    >
      {SPOKEN[name] === undefined ? (
        text
      ) : (
        <>
          <span aria-hidden="true">{text}</span>
          <span className="sr-only">{SPOKEN[name]}</span>
        </>
      )}
    </kbd>
  );
}
