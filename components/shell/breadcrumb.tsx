import Link from "next/link";
import { Fragment } from "react";
import { cx } from "@/components/ui/cx";

export interface Crumb {
  readonly label: string;
  readonly href?: string | undefined;
  /** A name that a machine gave. */
  readonly mono?: boolean | undefined;
}

/** The way here. On a phone only its last step has room. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-2 text-muted whitespace-nowrap">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          const text = cx("block truncate rounded-sm", crumb.mono && "font-mono text-sm");
          return (
            <Fragment key={`${crumb.href ?? ""} ${crumb.label}`}>
              <li className={cx("min-w-0", !last && "max-sm:hidden", last && "shrink-0 max-sm:shrink")}>
                {crumb.href && !last ? (
                  <Link href={crumb.href} prefetch={false} className={cx(text, "hover:text-text")}>
                    {crumb.label}
                  </Link>
                ) : (
                  <span aria-current={last ? "page" : undefined} className={text} title={crumb.label}>
                    {crumb.label}
                  </span>
                )}
              </li>
              {!last && (
                <li aria-hidden="true" className="text-ghost max-sm:hidden">
                  /
                </li>
              )}
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
