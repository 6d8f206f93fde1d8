"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export interface TabItem {
  readonly value: string;
  readonly label: string;
  /** A small number behind the label. */
  readonly count?: number | undefined;
}

export interface TabsProps {
  /** Names the tab list: "Views of the run". */
  label: string;
  items: readonly TabItem[];
  value: string;
  onValueChange: (value: string) => void;
  /** "bar" lies across a page under a hairline; "plain" stands inside a panel. */
  variant?: "bar" | "plain";
  /** At the right end of the bar, outside the tab list. */
  trailing?: ReactNode;
  /** One TabPanel for each item. */
  children: ReactNode;
  className?: string;
  listClassName?: string;
}

export function Tabs(props: TabsProps) {
  const { label, items, value, onValueChange, variant = "bar", trailing, children, className } = props;
  return (
    <Radix.Root
      value={value}
      onValueChange={onValueChange}
      className={cx("flex min-w-0 flex-col", className)}
    >
      <div
        className={cx(
          "flex flex-none items-center gap-2",
          variant === "bar" && "h-[42px] border-b border-line bg-panel px-4",
          props.listClassName,
        )}
      >
        <Radix.List
          aria-label={label}
          className={cx(
            "-m-1 flex min-w-0 flex-1 gap-0.5 p-1",
            // In a narrow panel a second row is better than a tab that nobody sees.
            variant === "bar" ? "no-scrollbar overflow-x-auto" : "flex-wrap",
          )}
        >
          {items.map((item) => (
            <Radix.Trigger
              key={item.value}
              value={item.value}
              className={cx(
                "rounded-md py-[5px] font-medium whitespace-nowrap text-muted hover:text-text",
                "data-[state=active]:bg-line2 data-[state=active]:text-text",
                "forced-colors:data-[state=active]:underline",
                variant === "bar" ? "px-2.5" : "px-2",
              )}
            >
              {item.label}
              {item.count !== undefined && (
                <span className="ml-1 font-normal tabular-nums text-muted">
                  {item.count.toLocaleString("en-US")}
                </span>
              )}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {trailing}
      </div>
      {children}
    </Radix.Root>
  );
}

export interface TabPanelProps {
  value: string;
  children: ReactNode;
  className?: string;
}

export function TabPanel({ value, children, className }: TabPanelProps) {
  return (
    <Radix.Content value={value} className={cx("min-w-0 focus-visible:-outline-offset-2", className)}>
      {children}
    </Radix.Content>
  );
}
