"use client";

import { X } from "lucide-react";
import { usePathname } from "next/navigation";
import { Dialog } from "radix-ui";
import { keyGroupsOf, SHORTCUTS } from "@/components/shortcuts";
import { Keys } from "@/components/ui/keys";

/** The keys of the page that is open. */
export function KeyList() {
  const groups = keyGroupsOf(usePathname());
  return (
    <>
      <header className="flex h-12 flex-none items-center border-b border-line pr-3 pl-[18px]">
        <Dialog.Title className="min-w-0 flex-1 font-semibold">Keys</Dialog.Title>
        <Dialog.Close
          aria-label="Close"
          className="grid size-[26px] place-items-center rounded-md text-muted hover:bg-line2 hover:text-text"
        >
          <X aria-hidden="true" size={15} />
        </Dialog.Close>
      </header>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label="Keys of this page"
        className="min-h-0 flex-1 overflow-y-auto px-[18px] pt-1 pb-4 focus-visible:-outline-offset-2"
      >
        {groups.map(({ label, names }) => (
          <section key={label} aria-label={label} className="pt-3">
            <h3 className="pb-1 text-sm font-medium text-muted">{label}</h3>
            <dl>
              {names.map((name) => (
                <div key={name} className="flex min-h-[30px] items-center gap-3 border-b border-line2 py-1">
                  <dt className="min-w-0 flex-1">{SHORTCUTS[name].says}</dt>
                  <dd className="flex max-w-[60%] flex-none flex-wrap justify-end gap-1">
                    {SHORTCUTS[name].keys.map((key) => (
                      <Keys key={key} combination={key} className="min-w-[22px] !text-text" />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </>
  );
}
