import type { ComponentProps } from "react";
import { cx } from "@/components/ui/cx";

/** A surface with a hairline; no shadow, because it does not float. */
export function Card({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div className={cx("overflow-hidden rounded-2xl border border-line bg-panel", className)} {...rest} />
  );
}
