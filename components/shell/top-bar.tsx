import Link from "next/link";
import type { ReactNode } from "react";
import { PaletteButton } from "@/components/palette/palette-button";
import { Breadcrumb, type Crumb } from "@/components/shell/breadcrumb";
import { Logo } from "@/components/shell/logo";
import { NAV_ITEMS } from "@/components/shell/nav-items";
import { NavLinks } from "@/components/shell/nav-links";
import { PhoneMenuHost } from "@/components/shell/phone-menu-host";
import { ThemeToggle } from "@/components/shell/theme-toggle";
import { ButtonLink } from "@/components/ui/button";

export interface TopBarProps {
  /** The way to this page; without one the main links stand in its place. */
  crumbs?: readonly Crumb[];
  /** A LiveIndicator, on pages that live. */
  live?: ReactNode;
  /** The page's own buttons; without any, "Connect a source". */
  actions?: ReactNode;
}

const PLACES = NAV_ITEMS.filter((item) => item.href !== "/connect");
const ELSEWHERE = NAV_ITEMS.filter((item) => item.href !== "/");

export function TopBar({ crumbs, live, actions }: TopBarProps) {
  return (
    <header className="flex h-12 flex-none items-center gap-3.5 border-b border-line bg-panel px-4 max-sm:gap-2.5 max-sm:px-3">
      <Link
        href="/"
        prefetch={false}
        aria-label="Unstuck, home"
        className="flex flex-none items-center gap-2 rounded-sm font-bold tracking-[-0.01em]"
      >
        <Logo />
        {/* The narrowest phones have room for the page's own things alone. */}
        <span className={crumbs && "[@media(width<24rem)]:hidden"}>Unstuck</span>
      </Link>
      {crumbs ? (
        <Breadcrumb crumbs={crumbs} />
      ) : (
        <NavLinks items={PLACES} className="flex gap-3.5 max-lg:hidden" />
      )}
      <span className="min-w-0 flex-1" />
      {crumbs && <NavLinks items={ELSEWHERE} className="flex gap-3.5 max-xl:hidden" />}
      <PaletteButton className="md:w-60 md:min-w-0 md:shrink" />
      {live}
      {actions ??
        (!crumbs && (
          <ButtonLink href="/connect" prefetch={false} className="max-lg:hidden">
            Connect a source
          </ButtonLink>
        ))}
      <ThemeToggle className="max-md:hidden" />
      {/* It has the links where they have no room: beside the way here on all but wide screens. */}
      <PhoneMenuHost className={crumbs ? "xl:hidden" : "lg:hidden"} />
    </header>
  );
}
