"use client";

import { Link2 } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";

/** The address says all that is seen: run, node, tab, instant. */
export function ShareButton() {
  return (
    <CopyButton
      text={() => window.location.href}
      label="Share"
      describedAs="Share: copy a link to what is seen here"
      icon={<Link2 aria-hidden="true" size={15} />}
      className="h-[30px] !rounded-lg bg-text px-3 font-medium !text-panel hover:opacity-90 [&_span]:!text-panel forced-colors:border forced-colors:bg-panel forced-colors:!text-text forced-colors:[&_span]:!text-text"
    />
  );
}
