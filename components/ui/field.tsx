import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "@/components/ui/cx";

const BOX =
  "h-[30px] w-full min-w-0 rounded-lg border bg-panel px-2.5 placeholder:text-faint focus-visible:outline-accent disabled:opacity-50 max-sm:h-9 max-sm:text-[16px]";

interface FieldLook {
  label: string;
  /** What may stand in it. */
  hint?: ReactNode;
  /** What is wrong with it; takes the place of the hint. */
  error?: string | undefined;
  className?: string;
}

interface FrameProps extends FieldLook {
  children: (ids: { id: string; described: string; box: string; invalid: boolean }) => ReactNode;
}

function Frame({ label, hint, error, className, children }: FrameProps) {
  const id = useId();
  const described = `${id}-more`;
  return (
    <div className={cx("grid min-w-0 content-start gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        described,
        box: cx(BOX, error ? "border-stuck" : "border-line"),
        invalid: error !== undefined,
      })}
      <p
        id={described}
        aria-live="polite"
        className={cx("min-h-[1lh] text-sm text-pretty", error ? "text-stuck" : "text-muted")}
      >
        {error ?? hint}
      </p>
    </div>
  );
}

export interface TextFieldProps extends FieldLook, Omit<ComponentProps<"input">, "className" | "id"> {
  /** For what a machine reads: globs, values. */
  mono?: boolean;
}

/** One line of text, with its label, and a word on what may stand in it or what is wrong with it. */
export function TextField({ label, hint, error, className, mono = false, ...rest }: TextFieldProps) {
  return (
    <Frame label={label} hint={hint} error={error} {...(className !== undefined && { className })}>
      {({ id, described, box, invalid }) => (
        <input
          id={id}
          aria-describedby={described}
          aria-invalid={invalid}
          autoComplete="off"
          spellCheck={false}
          className={cx(box, mono && "mono")}
          {...rest}
        />
      )}
    </Frame>
  );
}

export interface SelectFieldProps extends FieldLook, Omit<ComponentProps<"select">, "className" | "id"> {}

/** A choice of one among many, with its label. */
export function SelectField({ label, hint, error, className, children, ...rest }: SelectFieldProps) {
  return (
    <Frame label={label} hint={hint} error={error} {...(className !== undefined && { className })}>
      {({ id, described, box, invalid }) => (
        <select
          id={id}
          aria-describedby={described}
          aria-invalid={invalid}
          className={cx(box, "mono")}
          {...rest}
        >
          {children}
        </select>
      )}
    </Frame>
  );
}
