import type { ComponentProps, ReactNode } from "react";
import { TopBar } from "@/components/shell/top-bar";
import { EmptyState } from "@/components/ui/empty-state";
import { StateShape } from "@/components/ui/state-shape";

export interface NotThereProps {
  title: string;
  action: ReactNode;
  crumbs?: ComponentProps<typeof TopBar>["crumbs"];
  children: ReactNode;
}

/** The page of something that is not kept: what it would be, and where to go. */
export function NotThere({ title, action, crumbs, children }: NotThereProps) {
  return (
    <>
      <TopBar {...(crumbs && { crumbs })} />
      <main id="main" className="px-6 py-16">
        <EmptyState
          level={1}
          icon={<StateShape state="planned" size={28} decorative />}
          title={title}
          action={action}
        >
          {children}
        </EmptyState>
      </main>
    </>
  );
}
