"use client";

import { usePathname, useRouter } from "next/navigation";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { fetchPart } from "@/components/fetch-part";
import { endFlight, flyTo } from "@/components/graph/flight";
import type { Entry } from "@/components/palette/entry";
import { show, useOverlay } from "@/components/palette/palette-state";
import { readAddress } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { isShortcut, isTyping } from "@/components/shortcuts";
import { cx } from "@/components/ui/cx";
import { useCopy } from "@/components/ui/use-copy";

/** Most visits want neither the palette nor the list of keys. */
const loadOverlay = () => fetchPart(() => import("@/components/palette/palette-overlay"));
const PaletteOverlay = lazy(() => loadOverlay().then((file) => ({ default: file.PaletteOverlay })));

/** Over every page: the palette, and the list of keys. */
export function PaletteHost() {
  const overlay = useOverlay();
  const [copied, copy] = useCopy();
  const choose = useChoose();
  // It stays once it was there: it gives the focus back after it was closed.
  const [wanted, setWanted] = useState(false);
  if (overlay !== undefined && !wanted) setWanted(true);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      // The key that is held comes before the letter: enough of a start.
      if (event.key === "Control" || event.key === "Meta") void loadOverlay();
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
      {(overlay !== undefined || wanted) && (
        <Suspense>
          <PaletteOverlay overlay={overlay} copy={copy} onDone={choose} />
        </Suspense>
      )}
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
