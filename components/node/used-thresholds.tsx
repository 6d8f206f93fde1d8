import Link from "next/link";
import { Where } from "@/components/policy/override-rows";
import { valueWords } from "@/components/policy/threshold-words";
import { Section } from "@/components/ui/section";
import type { VerdictResource } from "@/lib/contract/diagnosis";

export interface UsedThresholdsProps {
  verdict: VerdictResource;
  /** Where another is set by the link. */
  pipeline: string;
  nodeKey: string;
}

/** The thresholds that a verdict used, and who set those that are not the defaults. */
export function UsedThresholds({ verdict, pipeline, nodeKey }: UsedThresholdsProps) {
  if (verdict.policy.length === 0) return null;
  return (
    <Section title="By these thresholds">
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        {verdict.policy.map(({ name, value, unit, from }) => (
          <li key={name} className="flex min-w-0 flex-wrap items-baseline gap-x-2.5">
            <Link
              href={`/policy?${new URLSearchParams({ threshold: name, pipeline, node: nodeKey })}`}
              title={`Set another for ${nodeKey} of ${pipeline}`}
              className="mono min-w-0 rounded-sm text-sm wrap-anywhere underline decoration-line underline-offset-2 hover:decoration-current"
            >
              {name}
            </Link>{" "}
            <span className="font-medium tabular-nums">{valueWords(value, unit)}</span>{" "}
            {from ? (
              <span className="min-w-0 text-sm text-muted">
                set by {from.who} <Where pipeline={from.pipeline} node={from.node} />
              </span>
            ) : (
              <span className="text-sm text-faint">default</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
