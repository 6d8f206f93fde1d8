"use client";

import { usePathname, useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useCallback, useEffect, useRef } from "react";
import { endFlight, flyTo } from "@/components/graph/flight";
import type { Entry } from "@/components/palette/entry";
import { KeyList } from "@/components/palette/key-list";
import { Palette } from "@/components/palette/palette";
import { returnFocus, show, useOverlay } from "@/components/palette/palette-state";
import { keepRecent } from "@/components/palette/recent";
import { readAddress } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { isShortcut, isTyping } from "@/components/shortcuts";
import { cx } from "@/components/ui/cx";
import { useCopy } from "@/components/ui/use-copy";

/** Over every page: the palette, and the list of keys. */
export function PaletteHost() {
  const overlay = useOverlay();
  const [copied, copy] = useCopy();
  const choose = useChoose();
  const chosen = useRef<Entry>(undefined);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const isLetter = !event.ctrlKey && !event.metaKey;
      if (isLetter && isTyping(event.target)) return;
      if (isShortcut(event, "palette")) show("palette");
      else if (isShortcut(event, "keys")) show("keys");
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <>
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
              if (entry) choose(entry);
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
                  copy={copy}
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
      <p
        role="status"
        className={cx(
          "fixed bottom-4 left-1/2 z-50 -translate-x-1/2 rounded-lg bg-text px-3 py-2 font-medium text-panel shadow-over forced-colors:border",
          copied === "idle" && "sr-only",
        )}
      >
        {copied === "copied" && "Copied"}
        {copied === "failed" && "The browser did not allow it"}
      </p>
    </>
  );
}

/** Does it, or goes there; a node of the page that is open is flown to. */
function useChoose(): (entry: Entry) => void {
  const router = useRouter();
  const path = usePathname();
  const [, go] = useRunAddress();
  return useCallback(
    ({ act, href, kind }) => {
      endFlight();
      if (act) return act();
      if (href === undefined) return;
      const { pathname, searchParams } = new URL(href, window.location.href);
      const { node } = readAddress(searchParams);
      if (kind !== "node" || node === undefined || pathname !== path) return router.push(href);
      go({ node, view: "graph" });
      flyTo(node);
    },
    [go, path, router],
  );
}
