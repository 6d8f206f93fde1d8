"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { nearRules } from "@/components/rules/near-names";
import { Mono } from "@/components/ui/mono";
import type { RuleResource } from "@/lib/contract/rules";

/** What the address may have meant. A not-found page is told nothing, so it asks the address itself. */
export function NearRules({ rules }: { rules: readonly RuleResource[] }) {
  const asked = useParams()["ruleId"];
  const name = typeof asked === "string" ? decodeURIComponent(asked) : "";
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
