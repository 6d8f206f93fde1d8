import type { ReactNode } from "react";
import { PageMain, type PageMainProps } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";

export interface LoadingPageProps {
  width: PageMainProps["width"];
  /** Said to those who do not see the skeletons. */
  says: string;
  /** The bar above, where it is not that of all pages. */
  bar?: ReactNode;
  /** Skeletons as large as what will stand in their place. */
  children: ReactNode;
}

/** A page whose content is on its way. */
export function LoadingPage({ width, says, bar = <TopBar />, children }: LoadingPageProps) {
  return (
    <>
      {bar}
      <PageMain width={width} busy>
        <span role="status" className="sr-only">
          {says}
        </span>
        {children}
      </PageMain>
    </>
  );
}
