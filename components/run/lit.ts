"use client";

import { useSyncExternalStore } from "react";

/** A place on graph and timeline that a piece of evidence is about. */
export interface Lit {
  readonly nodeKey: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What is pointed at lights up while it is; what was opened stays lit until something else is. */
let pointed: Lit | undefined;
let kept: Lit | undefined;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function light(place: Lit | undefined): void {
  pointed = place;
  tell();
}

function keep(place: Lit | undefined): void {
  if (kept === place) return;
  kept = place;
  tell();
}

/** Keeps a place lit where none is. */
export function keepFirst(place: Lit): void {
  if (kept === undefined) keep(place);
}

/** Puts out what was kept: another node is looked at. */
export function putOut(): void {
  pointed = undefined;
  keep(undefined);
}

/** For the element that stands for a place: pointing at it lights it up, opening it keeps it lit. */
export function litHandlers(place: Lit) {
  return {
    onPointerEnter: () => light(place),
    onPointerLeave: () => light(undefined),
    onFocus: () => light(place),
    onBlur: () => light(undefined),
    onClickCapture: () => keep(place),
  };
}

/** The place that is lit. */
export function useLit(): Lit | undefined {
  return useSyncExternalStore(
    subscribe,
    () => pointed ?? kept,
    () => undefined,
  );
}

/** Whether a node is lit; only what is lit or no longer is renders anew. */
export function useIsLit(nodeKey: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => (pointed ?? kept)?.nodeKey === nodeKey,
    () => false,
  );
}
