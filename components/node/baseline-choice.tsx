"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { runPageHref } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { PopoverSelect, type SelectOption } from "@/components/ui/popover-select";
import { useNow } from "@/components/use-now";
import { formatAge, formatQuantity, shortId } from "@/lib/base/format";
import type { CacheResource, ExecutionResource } from "@/lib/contract/nodes";

/** Stands for "whichever is nearest"; no attempt has an empty id. */
const NEAREST = "";

export interface BaselineChoiceProps {
  cache: CacheResource;
  executions: readonly ExecutionResource[];
}

/** Which earlier execution the key is compared with: the one that differs least, or another that is chosen here. */
export function BaselineChoice({ cache, executions }: BaselineChoiceProps) {
  const [{ baseline: asked }, go] = useRunAddress();
  const now = useNow(30_000);
  const { baseline } = cache;
  const isChosen = baseline?.chosen === true;
  const options: SelectOption[] = [
    { value: NEAREST, label: "The nearest" },
    ...executions.map((past) => ({ value: past.attemptId, label: words(past, now) })),
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <p className="min-w-0 flex-1 basis-48">
        {baseline ? (
          <>
            <Link
              href={runPageHref(baseline.attemptId)}
              className="underline decoration-line underline-offset-2 hover:decoration-current"
            >
              run <Mono>{shortId(baseline.runId)}</Mono>
            </Link>
            , {formatAge(baseline.endedAt, now)}
            <span className="block text-sm text-muted">
              {isChosen ? "Chosen by you." : "Of the earlier executions it differs least."}
            </span>
          </>
        ) : (
          <span className="text-muted">None: no earlier execution completed.</span>
        )}
      </p>
      <PopoverSelect
        label="Compare with"
        single
        wide
        options={options}
        selected={[isChosen && asked !== undefined ? baseline.attemptId : NEAREST]}
        onChange={([next]) => go({ baseline: next === NEAREST ? undefined : next })}
        trigger={
          <Button size="sm" icon={<ChevronDown aria-hidden="true" size={13} />}>
            Compare with another
          </Button>
        }
      />
    </div>
  );
}

/** `7f3a, 2 d ago: 3 differ`. */
function words({ runId, endedAt, outcome, differing }: ExecutionResource, now: number): string {
  const how = differing === 0 ? "the same key" : formatQuantity(differing, "part differs", "parts differ");
  const ended = outcome === "completed" ? "" : ` ${outcome},`;
  return `run ${shortId(runId)},${ended} ${formatAge(endedAt, now)}: ${how}`;
}
