import type { RowWords } from "@/components/timeline/row-words";

export interface RowTipProps {
  label: string;
  words: RowWords;
  /** What the pointer lies on: its line is kept where it lies on nothing, so that nothing jumps. */
  told: string | undefined;
  /** Where it stands in its box; from below where there is more room above the row. */
  left: number;
  top: number | undefined;
  bottom: number | undefined;
}

/** What a row draws, in words. It stays where it appeared until another row is pointed at. */
export function RowTip({ label, words, told, left, top, bottom }: RowTipProps) {
  return (
    <div
      role="tooltip"
      className="pointer-events-none absolute z-30 max-w-80 animate-appear rounded-md border border-line bg-raise px-2.5 py-1.5 text-sm shadow-over tabular-nums"
      style={{ left, top, bottom }}
    >
      <p className="mono font-semibold">{label}</p>
      <p className="text-muted">{words.head}</p>
      {told !== undefined && <p className="min-h-[1.45em] truncate font-medium">{told}</p>}
      {[...new Set(words.lines)].map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
