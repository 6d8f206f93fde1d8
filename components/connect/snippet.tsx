import { CopyButton } from "@/components/ui/copy-button";

export interface SnippetProps {
  title: string;
  /** What the Copy button says that it copies. */
  describedAs: string;
  code: string;
}

/** Some lines of code under their title, whole in the clipboard. */
export function Snippet({ title, describedAs, code }: SnippetProps) {
  return (
    <figure className="overflow-hidden rounded-xl border border-line bg-bg">
      <figcaption className="flex items-center justify-between gap-3 border-b border-line bg-panel py-1 pr-2 pl-3.5">
        <span className="min-w-0 font-medium">{title}</span>
        <CopyButton text={code} describedAs={describedAs} className="px-2 py-1.5 text-sm" />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keys
        tabIndex={0}
        className="overflow-x-auto px-3.5 py-3 text-sm leading-[1.6] focus-visible:-outline-offset-2"
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
