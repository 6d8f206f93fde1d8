import { CopyButton } from "@/components/ui/copy-button";
import { cx } from "@/components/ui/cx";

export interface CommandBoxProps {
  command: string;
  /** What the command is for, read aloud with the Copy button. */
  label?: string;
  /** Show all of it, on several lines if need be. */
  wrap?: boolean;
  className?: string;
}

/** A command that can be copied: one line, cut with an ellipsis, whole in the clipboard. */
export function CommandBox({ command, label = "the command", wrap = false, className }: CommandBoxProps) {
  return (
    <div
      className={cx(
        "inline-flex max-w-full min-w-0 items-center gap-2.5 rounded-lg border border-line bg-bg py-1.5 pr-1.5 pl-3",
        className,
      )}
    >
      <code
        title={wrap ? undefined : command}
        className={cx(
          "min-w-0 flex-1 text-sm select-all",
          wrap ? "py-1 break-words whitespace-pre-wrap" : "truncate",
        )}
      >
        {command}
      </code>
      <CopyButton
        text={command}
        describedAs={`Copy ${label}`}
        className="self-stretch rounded-none border-l border-line py-0.5 pr-2 pl-2.5 text-sm"
      />
    </div>
  );
}
