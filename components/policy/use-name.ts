"use client";

import { useSyncExternalStore } from "react";

const KEY = "unstuck.name";
const changed = new EventTarget();

function watch(onChange: () => void): () => void {
  changed.addEventListener("change", onChange);
  return () => changed.removeEventListener("change", onChange);
}

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** Keeps the name under which somebody changes things, for the next time, in this browser. */
export function rememberName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // A browser that keeps nothing asks again.
  }
  changed.dispatchEvent(new Event("change"));
}

/** The name that was given last; empty where none was. */
export function useName(): string {
  return useSyncExternalStore(watch, read, () => "");
}
