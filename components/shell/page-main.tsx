import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

/** As wide as what a page holds: tables, cards, or a text to be read. */
const WIDTHS = {
  table: "max-w-[1240px] py-[22px]",
  cards: "max-w-[980px] py-[22px]",
  text: "max-w-[820px] py-[26px]",
} as const;

export interface PageMainProps {
  width: keyof typeof WIDTHS;
  /** While what belongs here is on its way. */
  busy?: boolean;
  children: ReactNode;
}

/** The middle of a page that scrolls as a whole; where the skip link leads. */
export function PageMain({ width, busy = false, children }: PageMainProps) {
  return (
    <main
      id="main"
      aria-busy={busy || undefined}
      className={cx("mx-auto px-6 max-sm:px-3 max-sm:py-4", WIDTHS[width])}
    >
      {children}
    </main>
  );
}
