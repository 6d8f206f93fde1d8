"use client";

import { Menu } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { fetchPart } from "@/components/fetch-part";
import { cx } from "@/components/ui/cx";

const load = () => fetchPart(() => import("@/components/shell/phone-menu"));
const PhoneMenu = lazy(() => load().then((file) => ({ default: file.PhoneMenu })));

const LOOK = "grid size-[30px] flex-none place-items-center rounded-lg text-muted hover:text-text";

/** The menu, where the bar has no room for what is in it; fetched with the first press of its button. */
export function PhoneMenuHost({ className }: { className: string }) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      aria-label="Menu"
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerDown={() => void load()}
      onClick={() => setWanted(true)}
      className={cx(LOOK, className)}
    >
      <Menu aria-hidden="true" size={18} />
    </button>
  );
  return wanted ? (
    <Suspense fallback={button}>
      <PhoneMenu className={cx(LOOK, className)} />
    </Suspense>
  ) : (
    button
  );
}
