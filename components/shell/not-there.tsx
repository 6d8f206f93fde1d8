import type { ComponentProps, ReactNode } from "react";
import { TopBar } from "@/components/shell/top-bar";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { StateShape } from "@/components/ui/state-shape";

export interface NotThereProps {
  /** What is not there, as a fact. */
  title: string;
  /** Where to go instead, the likeliest first. */
  ways: readonly (readonly [href: string, label: string])[];
  crumbs?: ComponentProps<typeof TopBar>["crumbs"];
  /** What was looked for, and when it would be there. */
  children: ReactNode;
}

/** The page of something that is not kept: what it would be, and where to go. */
export function NotThere({ title, ways, crumbs, children }: NotThereProps) {
  return (
    <>
      <TopBar {...(crumbs && { crumbs })} />
      <main id="main" className="px-6 py-16">
        <EmptyState
          level={1}
          icon={<StateShape state="planned" size={28} decorative />}
          title={title}
          action={ways.map(([href, label], i) => (
            <ButtonLink key={href} href={href} variant={i === 0 ? "primary" : "default"}>
              {label}
            </ButtonLink>
          ))}
        >
          {children}
        </EmptyState>
      </main>
    </>
  );
}
