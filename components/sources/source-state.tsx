import { SOURCE_TONES, SOURCE_WORDS } from "@/components/sources/source-words";
import { toneText } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import type { SourceStateName } from "@/lib/contract/sources";

/** Filled: it is there. Hollow: silent, and may be. Hollow and crossed: silent, and should not be. */
const SHAPES = {
  live: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  quiet: <circle cx="8" cy="8" r="5.2" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2.2" />,
  dark: (
    <g stroke="currentColor" strokeWidth="1.8" strokeLinecap="round">
      <circle cx="8" cy="8" r="6" />
      <path d="M3.9 12.1 12.1 3.9" />
    </g>
  ),
} as const;

/** A source's state as a shape, a word and a colour. */
export function SourceState({ state, className }: { state: SourceStateName; className?: string }) {
  return (
    <span
      className={cx(
        "inline-flex items-baseline gap-1.5 whitespace-nowrap",
        toneText(SOURCE_TONES[state]),
        className,
      )}
    >
      <svg
        aria-hidden="true"
        width="14"
        height="14"
        viewBox="0 0 16 16"
        fill="none"
        className="flex-none translate-y-0.5"
      >
        {SHAPES[state]}
      </svg>
      {SOURCE_WORDS[state]}
    </span>
  );
}
