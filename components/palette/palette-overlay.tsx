"use client";

import { Dialog } from "radix-ui";
import { useRef } from "react";
import type { Entry } from "@/components/palette/entry";
import { KeyList } from "@/components/palette/key-list";
import { Palette, type PaletteProps } from "@/components/palette/palette";
import { type Overlay, returnFocus, show } from "@/components/palette/palette-state";
import { keepRecent } from "@/components/palette/recent";
import { cx } from "@/components/ui/cx";

export interface PaletteOverlayProps extends Omit<PaletteProps, "onChoose"> {
  overlay: Overlay;
  /** What was chosen, once the page is there again. */
  onDone: (entry: Entry) => void;
}

/** The palette or the list of keys, over the page. */
export function PaletteOverlay({ overlay, onDone, ...tools }: PaletteOverlayProps) {
  const chosen = useRef<Entry>(undefined);
  return (
    <Dialog.Root open={overlay !== undefined} onOpenChange={(open) => !open && show(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-text/15" />
        <Dialog.Content
          key={overlay}
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const entry = chosen.current;
            chosen.current = undefined;
            returnFocus();
            // Only now is the page there again, to be copied from and to take the focus.
            if (entry) onDone(entry);
          }}
          className={cx(
            "fixed top-[12dvh] left-1/2 z-50 flex max-h-[min(560px,76dvh)] -translate-x-1/2 animate-appear flex-col overflow-hidden rounded-2xl border border-line bg-raise shadow-over",
            "max-md:top-2 max-md:max-h-[calc(100dvh-16px)]",
            overlay === "keys" ? "w-[min(520px,calc(100vw-16px))]" : "w-[min(640px,calc(100vw-16px))]",
          )}
        >
          {overlay === "keys" ? (
            <KeyList />
          ) : (
            <>
              <Dialog.Title className="sr-only">Search, or go to anything</Dialog.Title>
              <Palette
                {...tools}
                onChoose={(entry) => {
                  keepRecent(entry);
                  chosen.current = entry;
                  show(undefined);
                }}
              />
            </>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
