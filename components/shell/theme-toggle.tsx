"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useId, useSyncExternalStore } from "react";
import { cx } from "@/components/ui/cx";

type Theme = "light" | "dark" | "system";

const THEMES = [
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
  { value: "system", label: "As the system", Icon: Monitor },
] as const;

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", onStorage);
  };
}

/** Another tab of ours chose; this one follows. */
function onStorage(event: StorageEvent): void {
  if (event.key === "theme") apply(isTheme(event.newValue) ? event.newValue : "system");
}

function isTheme(text: string | null | undefined): text is Theme {
  return text === "light" || text === "dark" || text === "system";
}

/** What public/theme.js put on the page before the first paint is the truth; no copy of it is kept. */
function read(): Theme {
  const theme = document.documentElement.getAttribute("data-theme");
  return isTheme(theme) ? theme : "system";
}

function apply(theme: Theme): void {
  if (theme === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
  for (const listener of listeners) listener();
}

function choose(theme: Theme): void {
  apply(theme);
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

export function ThemeToggle({ className }: { className?: string }) {
  const theme = useSyncExternalStore(subscribe, read, () => "system" as const);
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
            onChange={() => choose(value)}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
          />
          <Icon aria-hidden="true" size={14} />
        </label>
      ))}
    </div>
  );
}
