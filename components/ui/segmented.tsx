"use client";

import { useId, useState } from "react";
import { cx } from "@/components/ui/cx";

export interface SegmentedProps<T extends string> {
  label: string;
  options: readonly { readonly value: T; readonly label: string }[];
  value: T;
  onValueChange: (value: T) => void;
  className?: string;
}

/**
 * One of a few, all of them seen: "Focus | Whole". The browser's own radio buttons, so arrow keys move. A choice shows
 * at once: an owner that keeps it in the address only learns of it in a transition, and a button that springs back
 * meanwhile looks broken.
 */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, options, value, onValueChange, className } = props;
  const group = useId();
  const [told, setTold] = useState(value);
  const [shown, setShown] = useState(value);
  if (told !== value) {
    setTold(value);
    setShown(value);
  }
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cx("inline-flex flex-none overflow-hidden rounded-lg border border-line", className)}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            "relative px-2.5 py-[3px] text-muted whitespace-nowrap hover:text-text",
            "has-checked:bg-line2 has-checked:font-medium has-checked:text-text forced-colors:has-checked:underline",
            "has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent first:rounded-l-[7px] last:rounded-r-[7px]",
          )}
        >
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={option.value === shown}
            onChange={() => {
              setShown(option.value);
              onValueChange(option.value);
            }}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
          />
          {/* The bold twin keeps the width, whichever is chosen. */}
          <span className="grid">
            <span className="col-start-1 row-start-1">{option.label}</span>
            <span aria-hidden="true" className="invisible col-start-1 row-start-1 font-medium">
              {option.label}
            </span>
          </span>
        </label>
      ))}
    </div>
  );
}
