"use client";

import { useRunAddress } from "@/components/run/use-run-address";
import { cx } from "@/components/ui/cx";

/** Another node of the same run, by its name: opens its panel. */
export function NodeLink({ nodeKey, className }: { nodeKey: string; className?: string }) {
  const [, go] = useRunAddress();
  return (
    <button
      type="button"
      data-opens={nodeKey}
      onClick={() => go({ node: nodeKey }, "push")}
      className={cx(
        "mono rounded-sm text-left underline decoration-line underline-offset-2 hover:decoration-current",
        className,
      )}
    >
      {nodeKey}
    </button>
  );
}
