import type { Ref } from "react";

/** A hairline under the pointer with its instant; moved by its owner without a render. */
export function PointerLine({ line, words }: { line: Ref<HTMLDivElement>; words: Ref<HTMLSpanElement> }) {
  return (
    <div
      ref={line}
      hidden
      aria-hidden="true"
      className="pointer-events-none absolute top-0 bottom-0 left-0 z-[21] w-px bg-faint/60"
    >
      <span
        ref={words}
        className="absolute top-1.5 left-1 rounded-sm border border-line bg-raise px-1 text-2xs whitespace-nowrap tabular-nums"
      />
    </div>
  );
}
