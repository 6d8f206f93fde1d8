import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export interface NoticeProps {
  tone?: "info" | "warn";
  children: ReactNode;
  /** A button or link at the right end. */
  action?: ReactNode;
  className?: string;
}

/** One line that says what the page could not do and did instead. */
export function Notice({ tone = "info", children, action, className }: NoticeProps) {
  const Icon = tone === "warn" ? TriangleAlert : Info;
  return (
    <div
      role="status"
      className={cx(
        "flex items-start gap-2 rounded-lg px-3 py-2 forced-colors:border",
        tone === "warn" ? "bg-suspect-bg" : "bg-line2",
        className,
      )}
    >
      <Icon
        aria-hidden="true"
        size={15}
        className={cx(
          "flex-none",
          action ? "mt-[5px]" : "mt-0.5",
          tone === "warn" ? "text-suspect" : "text-muted",
        )}
      />
      <div className={cx("min-w-0 flex-1 text-pretty", action ? "py-[3px]" : undefined)}>{children}</div>
      {action}
    </div>
  );
}
