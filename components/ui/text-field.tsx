import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "@/components/ui/cx";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "id"> {
  label: string;
  /** What to write, or what it is for. */
  hint?: ReactNode;
  /** What is wrong with what was written. */
  problem?: string | undefined;
}

/** One line to be typed, under its name. */
export function TextField({ label, hint, problem, className, ...rest }: TextFieldProps) {
  const id = useId();
  const said = problem ?? hint;
  return (
    <div className={cx("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={said === undefined ? undefined : `${id}-said`}
        className={cx(
          "h-[30px] min-w-0 rounded-lg border bg-panel px-2.5 placeholder:text-faint focus-visible:outline-offset-0 max-sm:h-9 max-sm:text-[16px]",
          problem === undefined ? "border-line" : "border-stuck",
        )}
      />
      {said !== undefined && (
        <p
          id={`${id}-said`}
          className={cx("text-sm text-pretty", problem === undefined ? "text-muted" : "text-stuck")}
        >
          {said}
        </p>
      )}
    </div>
  );
}
