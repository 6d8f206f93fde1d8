import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type MarkName =
  | "start"
  | "written"
  | "declared"
  | "beat"
  | "gap"
  | "wait"
  | "end"
  | "failed"
  | "reused"
  | "other";

const SHAPES: Readonly<Record<MarkName, ReactNode>> = {
  start: <path d="M3 1.5 10 6l-7 4.5z" fill="var(--muted)" />,
  written: <path d="M6 .8 11.2 6 6 11.2.8 6z" fill="var(--ok)" />,
  declared: <path d="M6 1.5 10.5 6 6 10.5 1.5 6z" stroke="var(--ghost)" strokeWidth="1.4" />,
  beat: <path d="M.5 6h2.6l1.6-4 2.4 8 1.6-4h2.8" stroke="var(--beat)" strokeWidth="1.5" />,
  gap: <path d="M1 6h3M8 6h3" stroke="var(--stuck)" strokeWidth="1.8" />,
  wait: <path d="M4.2 2.5v7M7.8 2.5v7" stroke="var(--wait)" strokeWidth="1.8" strokeLinecap="round" />,
  end: <path d="m2 6.4 2.7 2.7L10 3.4" stroke="var(--ok)" strokeWidth="1.8" strokeLinecap="round" />,
  failed: (
    <path
      d="m2.8 2.8 6.4 6.4M9.2 2.8 2.8 9.2"
      stroke="var(--stuck)"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  ),
  reused: (
    <path
      transform="scale(.75)"
      d="M2.5 8a5.5 5.5 0 0 1 9.6-3.7L13.5 6M13.5 2.5V6H10M13.5 8a5.5 5.5 0 0 1-9.6 3.7L2.5 10M2.5 13.5V10H6"
      stroke="var(--reuse)"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  other: <circle cx="6" cy="6" r="2" fill="var(--ghost)" />,
};

export interface MarkProps {
  name: MarkName;
  size?: number;
  /** Only where no words stand beside it. */
  label?: string;
  className?: string;
}

/** The marks of what happened; the same in evidence, timeline, nodes and rows. */
export function Mark({ name, size = 12, label, className }: MarkProps) {
  const common = {
    className: cx("inline-block flex-none", className),
    width: size,
    height: size,
    viewBox: "0 0 12 12",
    fill: "none",
  };
  return label ? (
    <svg role="img" aria-label={label} {...common}>
      <title>{label}</title>
      {SHAPES[name]}
    </svg>
  ) : (
    <svg aria-hidden="true" {...common}>
      {SHAPES[name]}
    </svg>
  );
}

export const MARK_NAMES: readonly MarkName[] = [
  "start",
  "written",
  "declared",
  "beat",
  "gap",
  "wait",
  "end",
  "failed",
  "reused",
  "other",
];
