import { Fragment, type ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export interface KeyValueProps {
  items: readonly { readonly label: string; readonly value: ReactNode }[];
  className?: string;
}

/** Names at the left in grey, values beside them. */
export function KeyValue({ items, className }: KeyValueProps) {
  return (
    <dl
      className={cx("grid grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1.5", className)}
    >
      {items.map((item) => (
        <Fragment key={item.label}>
          <dt className="text-muted">{item.label}</dt>
          <dd className="min-w-0 tabular-nums [overflow-wrap:anywhere]">{item.value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
