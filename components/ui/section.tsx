import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export interface SectionProps {
  title: string;
  /** At the right end of the head. */
  aside?: ReactNode;
  /** Where it stands in the page's outline. */
  level?: 2 | 3 | 4;
  children: ReactNode;
  className?: string;
}

/** A part of a panel under a small head in capitals, parted from the one above by a hairline. */
export function Section({ title, aside, level = 3, children, className }: SectionProps) {
  return (
    <section className={cx("border-t border-line2 px-[18px] py-3.5 first:border-t-0", className)}>
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <SectionHead level={level}>{title}</SectionHead>
        {aside}
      </div>
      {children}
    </section>
  );
}

export interface SectionHeadProps {
  level?: 2 | 3 | 4;
  children: ReactNode;
}

/** The head alone. */
export function SectionHead({ level = 3, children }: SectionHeadProps) {
  const Heading = `h${level}` as const;
  return (
    <Heading className="text-xs font-semibold tracking-[0.06em] text-faint uppercase">{children}</Heading>
  );
}
