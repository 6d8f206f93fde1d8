import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export interface MonoProps {
  children: ReactNode;
  /** The full text where only a part is shown. */
  title?: string;
  className?: string;
}

/** Anything that a machine named: nodes, ids, commands, paths. */
export function Mono({ children, title, className }: MonoProps) {
  return (
    <span className={cx("mono", className)} title={title}>
      {children}
    </span>
  );
}
