import type { ReactNode } from "react";
import { PageMain, type PageMainProps } from "@/components/shell/page-main";

export interface LoadingPageProps {
  width: PageMainProps["width"];
  /** Said to those who do not see the skeletons. */
  says: string;
  /**
   * The bar above. It is handed in: that of all pages has scripts, and the first of these pages is a part of every other,
   * which would fetch them twice.
   */
  bar: ReactNode;
  /** Skeletons as large as what will stand in their place. */
  children: ReactNode;
}

/** A page whose content is on its way. */
export function LoadingPage({ width, says, bar, children }: LoadingPageProps) {
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
