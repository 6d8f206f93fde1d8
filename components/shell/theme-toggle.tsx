"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useId } from "react";
import { chooseTheme, useTheme } from "@/components/shell/theme";
import { cx } from "@/components/ui/cx";

const THEMES = [
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
  { value: "system", label: "As the system", Icon: Monitor },
] as const;

export function ThemeToggle({ className }: { className?: string }) {
  const theme = useTheme();
  const group = useId();
  return (
    <div
      role="radiogroup"
      aria-label="Colour theme"
      className={cx("inline-flex flex-none gap-0.5", className)}
    >
      {THEMES.map(({ value, label, Icon }) => (
        <label
          key={value}
          title={label}
          className={cx(
            "relative grid size-[26px] place-items-center rounded-md text-faint hover:text-text",
            "has-checked:bg-line2 has-checked:text-text forced-colors:has-checked:outline",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent",
          )}
        >
          <input
            type="radio"
            name={group}
            value={value}
            aria-label={label}
            checked={value === theme}
            onChange={() => chooseTheme(value)}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
          />
          <Icon aria-hidden="true" size={14} />
        </label>
      ))}
    </div>
  );
}
