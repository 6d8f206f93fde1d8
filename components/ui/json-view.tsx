"use client";

import { useMemo, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { cx } from "@/components/ui/cx";

export interface JsonViewProps {
  /** What is shown; or a text of it, laid out in lines already. */
  value?: unknown;
  text?: string | undefined;
  /** Names the block: "The event as it was received". */
  label?: string;
  /** Longer than this is folded. */
  foldAfter?: number;
  className?: string;
}

/** Beyond this many lines colour is not worth the elements that it costs. */
const PLAIN_FROM = 3_000;

/** JSON as it is, readable: folded where long, with a copy of the whole. */
export function JsonView(props: JsonViewProps) {
  const { value, label = "JSON", foldAfter = 24, className } = props;
  const [open, setOpen] = useState(false);
  const text = useMemo(
    () => props.text ?? JSON.stringify(value, null, 2) ?? "undefined",
    [props.text, value],
  );
  const lines = useMemo(() => text.split("\n"), [text]);
  const folds = lines.length > foldAfter + 4;
  const shown = folds && !open ? lines.slice(0, foldAfter) : lines;
  return (
    <figure aria-label={label} className={cx("relative rounded-lg border border-line bg-bg", className)}>
      <CopyButton
        text={text}
        describedAs={`Copy ${label}`}
        className="absolute top-1.5 right-1.5 z-10 rounded-md border border-line bg-raise px-2 py-0.5 text-sm"
      />
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto px-3 py-2.5 text-sm leading-[1.55] focus-visible:-outline-offset-2"
      >
        {shown.length > PLAIN_FROM
          ? shown.join("\n")
          : // biome-ignore lint/suspicious/noArrayIndexKey: a line of an unchanging text is its number
            shown.map((line, number) => <Line key={number} text={line} />)}
      </pre>
      {folds && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="w-full rounded-b-lg border-t border-line px-3 py-1.5 text-left text-sm text-muted hover:text-text focus-visible:-outline-offset-2"
        >
          {open ? "Show less" : `Show all ${lines.length.toLocaleString("en-US")} lines`}
        </button>
      )}
    </figure>
  );
}

const LINE = /^(\s*)("(?:[^"\\]|\\.)*")(: )(.*)$/;

/** Each line of pretty JSON is a key with a value, or a value, or a bracket. */
function Line({ text }: { text: string }) {
  const match = LINE.exec(text);
  if (!match) return <span className={tone(text.trim())}>{`${text}\n`}</span>;
  const [, indent, key, colon, value = ""] = match;
  return (
    <>
      {indent}
      <span className="text-muted">{key}</span>
      {colon}
      <span className={tone(value)}>{`${value}\n`}</span>
    </>
  );
}

function tone(value: string): string {
  if (/^(-?\d|true|false)/.test(value)) return "text-run";
  if (value.startsWith("null")) return "text-faint";
  return "text-text";
}
