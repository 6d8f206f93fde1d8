"use client";

import { Search } from "lucide-react";
import { show } from "@/components/palette/palette-state";
import { SHORTCUTS } from "@/components/shortcuts";
import { cx } from "@/components/ui/cx";
import { Keys } from "@/components/ui/keys";

/** In every page's bar: looks like the field that it opens. On a phone, a glass alone. */
export function PaletteButton({ className }: { className?: string }) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Meta+K Control+K /"
      onClick={() => show("palette")}
      className={cx(
        "flex h-[30px] flex-none items-center gap-2 rounded-lg border border-line bg-bg px-2.5 text-left text-faint hover:border-ghost",
        "max-md:w-[30px] max-md:justify-center max-md:border-transparent max-md:bg-transparent max-md:px-0 max-md:text-muted",
        className,
      )}
    >
      <Search aria-hidden="true" size={14} className="flex-none max-md:size-[17px]" />
      <span className="min-w-0 flex-1 truncate max-md:sr-only">Search or go to…</span>
      <span aria-hidden="true" className="flex flex-none max-md:hidden">
        <Keys combination={SHORTCUTS.palette.keys[0]} />
      </span>
    </button>
  );
}
