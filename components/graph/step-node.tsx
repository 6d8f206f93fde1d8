"use client";

import { memo } from "react";
import { cacheBadge, judgedWords, nodeState, nodeWords } from "@/components/graph/node-look";
import { useIsLit } from "@/components/run/lit";
import { Badge, ReuseIcon, toneText } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { HeartbeatStrip } from "@/components/ui/heartbeat-strip";
import { StateShape, stateTone } from "@/components/ui/state-shape";
import { Tooltip } from "@/components/ui/tooltip";
import { useNow } from "@/components/use-now";
import { formatCount } from "@/lib/base/format";
import type { NodeResource } from "@/lib/contract/runs";

export interface StepNodeProps {
  readonly step: NodeResource;
  readonly holder: string | undefined;
  readonly selected: boolean;
  /** The one stop of the Tab key among all nodes. */
  readonly stop: boolean;
  readonly select: (key: string) => void;
}

/** A step on the graph: its shape, its name, the one line that matters, and its life line. */
export const StepNode = memo(function StepNode(props: StepNodeProps) {
  const { step, holder, selected, stop, select } = props;
  const isLit = useIsLit(step.key);
  const state = nodeState(step);
  const judged = judgedWords(step);
  const badge = cacheBadge(step);
  const loud = state === "stuck" || state === "suspect" || state === "failed" || state === "slow";
  const flat = step.status === "planned";
  const button = (
    <button
      type="button"
      tabIndex={stop ? 0 : -1}
      data-node={step.key}
      aria-pressed={selected}
      onClick={() => select(step.key)}
      className={cx(
        "pointer-events-auto relative flex h-[62px] flex-col items-stretch justify-start w-[190px] rounded-xl border px-[11px] pt-2 pr-2.5 text-left transition-[border-color,box-shadow] duration-150",
        flat ? "border-dashed border-ghost/45 bg-bg/60" : "border-line bg-raise shadow-card",
        isLit && "outline-2 outline-offset-4 outline-accent outline-dashed",
        selected ? cx(SELECTED[ringOf(state)], FORCED_SELECTED) : "hover:border-ghost",
      )}
    >
      {step.holds > 0 && (
        <span
          className={cx(
            "absolute -top-2.5 right-2.5 rounded-full px-[7px] py-px text-2xs font-bold text-panel tabular-nums forced-colors:border forced-colors:bg-panel forced-colors:text-text",
            HOLDS[ringOf(state)],
          )}
        >
          holds {formatCount(step.holds)}
        </span>
      )}
      <span className="flex h-[18px] items-center gap-[7px]">
        <StateShape key={state} state={state} size={15} className="animate-appear" />
        <span className={cx("mono min-w-0 flex-1 truncate text-sm font-semibold", flat && "text-muted")}>
          {step.label}
        </span>
        {badge === "reused" && (
          <Badge tone="reuse" icon={<ReuseIcon />}>
            reused
          </Badge>
        )}
        {badge === "re-ran" && <Badge tone="slow">re-ran</Badge>}
      </span>
      <span
        className={cx(
          "mt-0.5 block truncate text-[0.71875rem] leading-[17px] tabular-nums",
          judged && loud ? cx("font-medium", toneText(stateTone(state))) : "text-muted",
        )}
      >
        {!judged && step.status === "running" ? <Running step={step} /> : nodeWords(step, holder, 0)}
        {step.parentKey !== null && <span className="text-faint"> · {step.parentKey}</span>}
      </span>
      {step.strip.length > 0 && (
        <span className="absolute right-2.5 bottom-1.5 left-[11px]">
          <HeartbeatStrip segments={step.strip} width={168} height={5} label="" decorative />
        </span>
      )}
    </button>
  );
  return step.cache && badge ? <Tooltip content={step.cache.reason}>{button}</Tooltip> : button;
});

/** Alone in knowing the time, so that a graph of running steps is not drawn anew every second. */
function Running({ step }: { step: NodeResource }) {
  return nodeWords(step, undefined, useNow(1_000));
}

type Ring = "stuck" | "suspect" | "accent";

const SELECTED: Readonly<Record<Ring, string>> = {
  stuck: "!border-stuck !border-solid ring-[3px] ring-stuck-bg",
  suspect: "!border-suspect !border-solid ring-[3px] ring-suspect-bg",
  accent: "!border-accent !border-solid ring-[3px] ring-accent-bg",
};

/** A forced palette takes the ring away: then the border is thick, and of the palette's own colour for what is chosen. */
const FORCED_SELECTED = "forced-colors:!border-3 forced-colors:!border-[Highlight]";

const HOLDS: Readonly<Record<Ring, string>> = {
  stuck: "bg-stuck",
  suspect: "bg-suspect",
  accent: "bg-muted",
};

function ringOf(state: ReturnType<typeof nodeState>): Ring {
  if (state === "stuck" || state === "failed") return "stuck";
  return state === "suspect" ? "suspect" : "accent";
}
