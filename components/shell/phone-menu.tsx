"use client";

import { Menu } from "lucide-react";
import { Popover } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { NAV_ITEMS } from "@/components/shell/nav-items";
import { NavLinks } from "@/components/shell/nav-links";
import { ThemeToggle } from "@/components/shell/theme-toggle";

/** What a phone's bar has no room for. It comes open, since somebody has pressed the button in whose place it comes. */
export function PhoneMenu({ className }: { className: string }) {
  const [open, setOpen] = useState(true);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger ref={button} aria-label="Menu" className={className}>
        <Menu aria-hidden="true" size={18} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={10}
          collisionPadding={8}
          aria-label="Menu"
          onOpenAutoFocus={(event) => event.preventDefault()}
          className="z-50 w-[min(320px,calc(100vw-16px))] animate-appear rounded-2xl border border-line bg-raise p-2 shadow-over"
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: closes behind a click that the link itself handles */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click */}
          <div onClick={() => setOpen(false)}>
            <NavLinks
              items={NAV_ITEMS}
              className="mb-2 flex flex-col"
              linkClassName="flex h-11 items-center px-2.5 hover:bg-line2"
            />
          </div>
          <div className="flex items-center justify-between border-t border-line2 px-2.5 pt-2 text-muted">
            Theme
            <ThemeToggle />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
