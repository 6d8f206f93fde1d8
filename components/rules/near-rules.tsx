"use client";

import Link from "next/link";
import { nearRules } from "@/components/rules/near-names";
import { useAsked } from "@/components/shell/use-asked";
import { Mono } from "@/components/ui/mono";
import type { RuleResource } from "@/lib/contract/rules";

/** What the address may have meant. */
export function NearRules({ rules }: { rules: readonly RuleResource[] }) {
  const name = useAsked("ruleId");
  const near = nearRules(name, rules);
  return (
    <>
      <p>
        {name ? (
          <>
            No rule is called <Mono>{name}</Mono>.
          </>
        ) : (
          "No rule has this name."
        )}
        {near.length > 0 && " Did you mean one of these?"}
      </p>
      {near.length > 0 && (
        <ul className="mt-3 grid justify-items-center gap-1.5">
          {near.map((rule) => (
            <li key={rule.id}>
              <Link href={`/rules/${rule.id}`} className="text-accent hover:underline">
                <Mono>{rule.id}</Mono>
              </Link>{" "}
              {rule.title}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
