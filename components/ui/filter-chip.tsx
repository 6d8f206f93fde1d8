"use client";

import { ChevronDown, X } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "@/components/ui/cx";
import { PopoverSelect, type SelectOption } from "@/components/ui/popover-select";

const CHIP = "inline-flex h-7 flex-none items-center gap-1.5 rounded-lg border px-2.5 whitespace-nowrap";
const OFF = "border-line bg-panel text-muted hover:border-ghost hover:text-text";
const ON = "border-transparent bg-accent-bg font-medium text-accent forced-colors:border-current";

export interface FilterChipProps {
  /** What it filters by: "State". */
  label: string;
  options: readonly SelectOption[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  single?: boolean;
  /** Without an X: one of the options always holds, as with a time range. */
  required?: boolean;
  emptyText?: string;
}

/** `State`, `State: stuck`, `State · 2`; opens its options, and an X takes them away. */
export function FilterChip(props: FilterChipProps) {
  const { label, options, selected, onChange, required = false } = props;
  const on = selected.length > 0 && !required;
  const one = options.find((o) => o.value === selected[0])?.label ?? selected[0];
  return (
    <span className="inline-flex flex-none">
      <PopoverSelect
        {...props}
        trigger={
          <button type="button" className={cx(CHIP, "group", on ? ON : OFF, on && "rounded-r-none pr-1")}>
            {required && selected.length === 1 ? one : label}
            {on && selected.length === 1 && <span className="max-w-40 truncate font-normal">{one}</span>}
            {on && selected.length > 1 && (
              <span className="rounded-full bg-accent px-1.5 text-2xs font-semibold tabular-nums text-panel forced-colors:bg-panel forced-colors:text-text">
                <span className="sr-only">chosen: </span>
                {selected.length}
              </span>
            )}
            {!on && <ChevronDown aria-hidden="true" size={12} className="-mr-0.5 text-faint" />}
          </button>
        }
      />
      {on && (
        <button
          type="button"
          aria-label={`Clear ${label}`}
          onClick={() => onChange([])}
          className={cx(CHIP, ON, "rounded-l-none px-1.5 hover:bg-line2")}
        >
          <X aria-hidden="true" size={13} />
        </button>
      )}
    </span>
  );
}

export interface ToggleChipProps extends Omit<ComponentProps<"button">, "onChange"> {
  pressed: boolean;
  onPressedChange: (pressed: boolean) => void;
}

/** A filter that is on or off: "Open". */
export function ToggleChip({ pressed, onPressedChange, className, ...rest }: ToggleChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onPressedChange(!pressed)}
      className={cx(CHIP, pressed ? ON : OFF, className)}
      {...rest}
    />
  );
}
