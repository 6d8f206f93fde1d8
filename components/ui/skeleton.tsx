import { cx } from "@/components/ui/cx";

/** A grey stand-in; give it the size of what comes. */
export function Skeleton({ className, round = false }: { className?: string; round?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cx("block animate-breathe bg-line2", round ? "rounded-full" : "rounded-sm", className)}
    />
  );
}

export interface SkeletonRowsProps {
  rows: number;
  /** 44 px where one scans, 30 px where one reads, 62 px for two lines. */
  height?: 30 | 34 | 44 | 62;
  className?: string;
}

const HEIGHTS = { 30: "h-[30px]", 34: "h-[34px]", 44: "h-11", 62: "h-[62px]" } as const;
const WIDTHS = ["w-2/5", "w-1/2", "w-1/3", "w-3/5"] as const;

/** Rows of a table or list that is on its way. */
export function SkeletonRows({ rows, height = 44, className }: SkeletonRowsProps) {
  return (
    <div aria-hidden="true" className={className}>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
          key={row}
          className={cx("flex items-center gap-4 border-b border-line2 px-4 last:border-0", HEIGHTS[height])}
        >
          <Skeleton round className="size-4 flex-none" />
          <Skeleton className={cx("h-3", WIDTHS[row % WIDTHS.length])} />
          <span className="flex-1" />
          <Skeleton className="h-3 w-12" />
        </div>
      ))}
    </div>
  );
}
