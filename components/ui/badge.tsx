import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type BadgeTone = "stuck" | "suspect" | "slow" | "wait" | "run" | "ok" | "reuse" | "neutral";

const SOFT: Readonly<Record<BadgeTone, string>> = {
  stuck: "bg-stuck-bg text-stuck",
  suspect: "bg-suspect-bg text-suspect",
  slow: "bg-slow-bg text-slow",
  wait: "bg-wait-bg text-wait",
  run: "bg-run-bg text-run",
  ok: "bg-ok-bg text-ok",
  reuse: "bg-reuse-bg text-reuse",
  neutral: "bg-line2 text-muted",
};

const SOLID: Readonly<Record<BadgeTone, string>> = {
  stuck: "bg-stuck text-panel",
  suspect: "bg-suspect text-panel",
  slow: "bg-slow text-panel",
  wait: "bg-wait text-panel",
  run: "bg-run text-panel",
  ok: "bg-ok text-panel",
  reuse: "bg-reuse text-panel",
  neutral: "bg-muted text-panel",
};

const TEXT: Readonly<Record<BadgeTone, string>> = {
  stuck: "text-stuck",
  suspect: "text-suspect",
  slow: "text-slow",
  wait: "text-wait",
  run: "text-run",
  ok: "text-ok",
  reuse: "text-reuse",
  neutral: "text-muted",
};

/** The class that colours text like a badge of this tone. */
export function toneText(tone: BadgeTone): string {
  return TEXT[tone];
}

export interface BadgeProps {
  tone?: BadgeTone;
  /** Filled and loud: for what is proven, never for decoration. */
  solid?: boolean;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Badge({ tone = "neutral", solid = false, icon, children, className }: BadgeProps) {
  return (
    <span
      className={cx(
        "inline-flex h-[18px] flex-none items-center gap-1 rounded-full px-[7px] text-xs font-semibold whitespace-nowrap",
        // A forced palette removes backgrounds; a hairline then keeps the badge a badge.
        "forced-colors:border",
        solid ? cx(SOLID[tone], "forced-colors:bg-panel forced-colors:text-text") : SOFT[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** The two arrows of the "reused" badge, in the colour of the text. */
export function ReuseIcon({ size = 11 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" fill="none" className="flex-none">
      <path
        d="M2.5 8a5.5 5.5 0 0 1 9.6-3.7L13.5 6M13.5 2.5V6H10M13.5 8a5.5 5.5 0 0 1-9.6 3.7L2.5 10M2.5 13.5V10H6"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
