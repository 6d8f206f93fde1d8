import type { ReactNode } from "react";

export interface RowNameProps {
  width: number;
  depth: number;
  critical?: boolean;
  children: ReactNode;
}

/** The left end of a row; a rule before what is on the critical path. */
export function RowName({ width, depth, critical = false, children }: RowNameProps) {
  return (
    <>
      {critical && <span aria-hidden="true" className="absolute inset-y-2.5 left-1.5 w-0.5 bg-text" />}
      <span
        className="absolute top-1/2 left-4 flex -translate-y-1/2 items-center gap-2 max-sm:left-3"
        style={{ width: width - 24, paddingLeft: Math.min(depth, 4) * 10 }}
      >
        {children}
      </span>
    </>
  );
}
