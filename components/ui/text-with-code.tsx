import { cx } from "@/components/ui/cx";
import { shortId } from "@/lib/base/format";
import { isUuid } from "@/lib/base/uuid";

export interface TextWithCodeProps {
  /** A sentence; what stands between backticks is set in monospace. */
  text: string;
  className?: string;
  codeClassName?: string;
}

/**
 * `2 nodes hold 318: `train` wrote both outputs`: plain words with names in monospace. Nobody reads the thirty-six characters
 * of an id in a sentence: they are told in full on hover, and where the sentence is copied.
 */
export function TextWithCode({ text, className, codeClassName }: TextWithCodeProps) {
  return (
    <span className={className}>
      {split(text).map((part) =>
        part.code ? (
          <code
            key={part.at}
            title={isUuid(part.text) ? part.text : undefined}
            className={cx("mono", codeClassName)}
          >
            {isUuid(part.text) ? shortId(part.text, 8) : part.text}
          </code>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}

/** The same sentence without backticks, for titles and labels. */
export function withoutBackticks(text: string): string {
  return split(text)
    .map((part) => part.text)
    .join("");
}

interface Part {
  readonly at: number;
  readonly text: string;
  readonly code: boolean;
}

/** A backtick without its partner is an ordinary character. */
function split(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(/`([^`]+)`/g)) {
    if (match.index > end) parts.push({ at: end, text: text.slice(end, match.index), code: false });
    parts.push({ at: match.index, text: match[1] ?? "", code: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end), code: false });
  return parts;
}
