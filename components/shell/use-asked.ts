"use client";

import { useParams } from "next/navigation";

/** What the address asks for by the name of one of its parts. A not-found page is told nothing, so it asks the address itself. */
export function useAsked(part: string): string {
  const segment = useParams()[part];
  const text = (Array.isArray(segment) ? segment[0] : segment) ?? "";
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
