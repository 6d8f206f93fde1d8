"use client";

import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";

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

export function chooseTheme(theme: Theme): void {
  apply(theme);
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, read, () => "system" as const);
}
