"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { NavItem } from "@/components/shell/nav-items";
import { cx } from "@/components/ui/cx";

export interface NavLinksProps {
  items: readonly NavItem[];
  className?: string;
  linkClassName?: string;
}

/** The page's own link is darker and says so. */
export function NavLinks({ items, className, linkClassName }: NavLinksProps) {
  const path = usePathname();
  return (
    <nav aria-label="Main" className={className}>
      {items.map(({ href, label }) => {
        const here = href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
        return (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={here ? "page" : undefined}
            className={cx(
              "rounded-sm whitespace-nowrap hover:text-text",
              here ? "text-text forced-colors:underline" : "text-muted",
              linkClassName,
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
