"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { fetchPart } from "@/components/fetch-part";

/** Of the size of the menu's button. */
const Place = () => <span aria-hidden="true" className="size-[30px] flex-none md:hidden" />;
const PhoneMenu = dynamic(
  () => fetchPart(() => import("@/components/shell/phone-menu")).then((m) => m.PhoneMenu),
  {
    ssr: false,
    loading: Place,
  },
);

const NARROW = "(width < 48rem)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** The menu, fetched where the bar has no room for what is in it. */
export function PhoneMenuHost() {
  const isNarrow = useSyncExternalStore(
    subscribe,
    () => window.matchMedia(NARROW).matches,
    () => false,
  );
  return isNarrow ? <PhoneMenu className="md:hidden" /> : <Place />;
}
