"use client";

import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
} from "react";
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

/** Which tab is open, and what its elements are called. */
const Open = createContext({ name: "", value: "" });

const tabId = (name: string, value: string): string => `${name}tab-${value}`;
const panelId = (name: string, value: string): string => `${name}panel-${value}`;

/** So much of the tab beside the open one is seen, where not all have room: from there one goes on, px. */
const PEEK = 32;

/**
 * One stop of the Tab key; arrows, Home and End go from tab to tab, and open them. They stand in one row, whatever their
 * number: what is below it never moves.
 */
export function Tabs(props: TabsProps) {
  const { label, items, value, onValueChange, variant = "bar", trailing, children, className } = props;
  const name = useId();
  const list = useRef<HTMLDivElement>(null);
  // A link may lead to a tab that lies beyond the edge. The page itself stays where it is.
  useEffect(() => {
    const tab = document.getElementById(tabId(name, value));
    if (!tab || !list.current) return;
    const [room, place] = [list.current.getBoundingClientRect(), tab.getBoundingClientRect()];
    const after = place.right + PEEK - room.right;
    const before = room.left + PEEK - place.left;
    if (after > 0) list.current.scrollLeft += after;
    else if (before > 0) list.current.scrollLeft -= before;
  }, [name, value]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to = nextOf(
      event.key,
      items.findIndex((item) => item.value === value),
      items.length,
    );
    const next = to === undefined ? undefined : items[to];
    if (!next) return;
    event.preventDefault();
    document.getElementById(tabId(name, next.value))?.focus();
    onValueChange(next.value);
  };
  return (
    <div className={cx("flex min-w-0 flex-col", className)}>
      <div
        className={cx(
          "flex flex-none items-center gap-2",
          variant === "bar" && "h-[42px] border-b border-line bg-panel px-4",
          props.listClassName,
        )}
      >
        <div
          ref={list}
          role="tablist"
          aria-label={label}
          onKeyDown={onKeyDown}
          className={cx(
            "no-scrollbar fade-edges -m-1 flex min-w-0 flex-1 overflow-x-auto p-1",
            variant === "bar" && "gap-0.5",
          )}
        >
          {items.map((item) => (
            <button
              key={item.value}
              type="button"
              role="tab"
              id={tabId(name, item.value)}
              aria-selected={item.value === value}
              aria-controls={panelId(name, item.value)}
              data-state={item.value === value ? "active" : "inactive"}
              tabIndex={item.value === value ? 0 : -1}
              // At the press already: what is shown there is a moment's wait.
              onMouseDown={(event) => {
                if (event.button === 0 && !event.ctrlKey && item.value !== value) onValueChange(item.value);
              }}
              onClick={() => {
                if (item.value !== value) onValueChange(item.value);
              }}
              className={cx(
                "rounded-md py-[5px] font-medium whitespace-nowrap text-muted hover:text-text",
                "data-[state=active]:bg-line2 data-[state=active]:text-text",
                "forced-colors:data-[state=active]:underline",
                variant === "bar" ? "px-2.5" : "px-1.5 text-sm",
              )}
            >
              {item.label}
              {item.count !== undefined && (
                <span className="ml-1 font-normal tabular-nums text-muted">
                  {item.count.toLocaleString("en-US")}
                </span>
              )}
            </button>
          ))}
        </div>
        {trailing}
      </div>
      <Open value={{ name, value }}>{children}</Open>
    </div>
  );
}

function nextOf(key: string, at: number, count: number): number | undefined {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}

export interface TabPanelProps {
  value: string;
  children: ReactNode;
  className?: string;
}

export function TabPanel({ value, children, className }: TabPanelProps) {
  const open = useContext(Open);
  const isOpen = open.value === value;
  return (
    <div
      role="tabpanel"
      id={panelId(open.name, value)}
      aria-labelledby={tabId(open.name, value)}
      hidden={!isOpen}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: from the tab one goes on to what it opens
      tabIndex={0}
      className={cx("min-w-0 focus-visible:-outline-offset-2", className)}
    >
      {isOpen && children}
    </div>
  );
}
