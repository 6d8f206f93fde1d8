import { SPANS, type Span } from "@/components/sources/source-words";

/** The name in the path; a path that is no proper encoding is taken as it stands. */
export function readSourceName(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `?span=`, and what of it cannot be shown. */
export function readSpan(text: string | undefined): { span: Span; ignored: string | undefined } {
  const span = SPANS.find((known) => known === text);
  return { span: span ?? "24h", ignored: span === undefined && text ? text.slice(0, 40) : undefined };
}
