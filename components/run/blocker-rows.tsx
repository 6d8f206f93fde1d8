"use client";

import { useState } from "react";
import { nodeState } from "@/components/graph/node-look";
import { useRunAddress } from "@/components/run/use-run-address";
import { cx } from "@/components/ui/cx";
import { StateShape } from "@/components/ui/state-shape";
import { TextWithCode } from "@/components/ui/text-with-code";
import { formatCount } from "@/lib/base/format";
import type { RunResource } from "@/lib/contract/runs";

const FIRST = 3;

/**
 * Where several nodes hold a run: each of them, most held first. Of what is said to be in the way only; a node that
 * merely runs, or could start, is in the way of what comes after it as a matter of course.
 */
export function BlockerRows({ run }: { run: RunResource }) {
  const [{ node: asked }, go] = useRunAddress();
  const [all, setAll] = useState(false);
  const lead = run.diagnosis.blockers[0]?.verdict?.ruleClass;
  const blockers = run.diagnosis.blockers.filter((b) => b.verdict?.ruleClass === lead);
  if (blockers.length < 2) return null;
  const shown = all ? blockers : blockers.slice(0, FIRST);
  return (
    <div className="mt-3 max-w-[720px]">
      <ul aria-label="What holds the run" className={cx("grid", all && "max-h-56 overflow-y-auto")}>
        {shown.map(({ nodeKey, holds, verdict }) => {
          const node = run.nodes.find((n) => n.key === nodeKey);
          return (
            <li key={nodeKey}>
              <button
                type="button"
                data-opens={nodeKey}
                aria-pressed={asked === nodeKey}
                onClick={() => go({ node: nodeKey, tab: "why" })}
                className="-mx-1.5 flex h-[30px] w-[calc(100%+12px)] items-center gap-2 rounded-md px-1.5 text-left hover:bg-line2 focus-visible:-outline-offset-2"
              >
                <StateShape state={node ? nodeState(node) : "unknown"} size={14} />
                <code className="mono max-w-[50%] flex-none truncate font-semibold">{nodeKey}</code>
                <span className="min-w-0 flex-1 truncate text-muted">
                  {verdict && <TextWithCode text={verdict.short} />}
                </span>
                {holds > 0 && (
                  <span className="flex-none text-sm text-muted tabular-nums">
                    holds {formatCount(holds)}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      {blockers.length > FIRST && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-0.5 rounded-sm text-sm text-muted hover:text-text"
        >
          {all ? "Show fewer" : `${formatCount(blockers.length - FIRST)} more`}
        </button>
      )}
    </div>
  );
}
