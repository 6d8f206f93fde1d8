"use client";

import { useState } from "react";
import { AttentionRow } from "@/components/runs/attention-row";
import { useHeldOrder } from "@/components/runs/use-held-order";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { StateShape } from "@/components/ui/state-shape";
import { formatCount, formatQuantity } from "@/lib/base/format";
import type { AttentionList as Attention } from "@/lib/contract/runs";

/** More than this would push the list of all runs off the screen before one has asked for it. */
const FIRST = 10;

/** The first half of the home page: what needs somebody, worst first. */
export function AttentionList({ attention }: { attention: Attention }) {
  const [all, setAll] = useState(false);
  const { rows, handlers } = useHeldOrder(attention.runs, "attention", "append");
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <section aria-labelledby="attention" className="mb-[26px]">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-2.5">
        <h1 id="attention" className="text-xl font-title tracking-[-0.01em]">
          Needs attention
        </h1>
        {attention.open > 0 && (
          <span className="text-muted tabular-nums">
            {formatCount(attention.attention)} of {formatQuantity(attention.open, "open run")}
          </span>
        )}
      </div>
      <Card>
        {rows.length === 0 ? (
          <Calm attention={attention} />
        ) : (
          <>
            <ul {...handlers}>
              {shown.map(({ item, gone }) => (
                <AttentionRow key={item.id} run={item} gone={gone} />
              ))}
            </ul>
            {rows.length > FIRST && (
              <div className="flex items-center gap-3 border-t border-line2 px-4 py-2.5">
                <Button size="sm" aria-expanded={all} onClick={() => setAll(!all)}>
                  {all ? "Show fewer" : `Show ${formatCount(rows.length - FIRST)} more`}
                </Button>
                {all && attention.attention > rows.length && (
                  <span className="text-muted">
                    The {formatCount(rows.length)} worst of {formatCount(attention.attention)}. The list below
                    has them all.
                  </span>
                )}
              </div>
            )}
          </>
        )}
      </Card>
    </section>
  );
}

function Calm({ attention: { open } }: { attention: Attention }) {
  return (
    <p className="flex items-center gap-3.5 px-4 py-[18px] max-sm:px-3">
      <StateShape state="finished" size={20} decorative />
      <span>
        <span className="font-medium">Nothing needs attention.</span>{" "}
        <span className="text-muted">
          {open === 0
            ? "No run is open."
            : open === 1
              ? "1 run is progressing."
              : `${formatCount(open)} runs are progressing.`}
        </span>
      </span>
    </p>
  );
}
