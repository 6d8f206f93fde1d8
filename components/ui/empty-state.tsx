import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export interface EmptyStateProps {
  /** What is not here, as a fact: "No run is stuck". */
  title: string;
  /** Why, and what to do about it. */
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  level?: 1 | 2 | 3;
  className?: string;
}

/** Says what is missing and teaches how to get it. */
export function EmptyState({ title, children, action, icon, level = 2, className }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={cx("flex flex-col items-center gap-2 px-6 py-12 text-center", className)}>
      {icon}
      <Heading className="text-lg font-title tracking-[-0.01em] text-balance">{title}</Heading>
      {children && <div className="max-w-[52ch] text-pretty text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
