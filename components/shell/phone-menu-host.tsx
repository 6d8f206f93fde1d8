"use client";

import { Menu } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { fetchPart } from "@/components/fetch-part";

const load = () => fetchPart(() => import("@/components/shell/phone-menu"));
const PhoneMenu = lazy(() => load().then((file) => ({ default: file.PhoneMenu })));

const LOOK = "grid size-[30px] flex-none place-items-center rounded-lg text-muted hover:text-text md:hidden";

/** The menu, where the bar has no room for what is in it; fetched with the first press of its button. */
export function PhoneMenuHost() {
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      aria-label="Menu"
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerDown={() => void load()}
      onClick={() => setWanted(true)}
      className={LOOK}
    >
      <Menu aria-hidden="true" size={18} />
    </button>
  );
  return wanted ? (
    <Suspense fallback={button}>
      <PhoneMenu className={LOOK} />
    </Suspense>
  ) : (
    button
  );
}
