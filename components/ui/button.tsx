import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type ButtonVariant = "primary" | "default" | "ghost";
export type ButtonSize = "md" | "sm";

interface ButtonLook {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: ReactNode;
}

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-text bg-text text-panel hover:opacity-90 forced-colors:bg-panel forced-colors:text-text",
  default: "border-line bg-raise text-text hover:border-ghost",
  ghost: "border-transparent text-muted hover:bg-line2 hover:text-text",
};

const SIZES: Readonly<Record<ButtonSize, string>> = {
  md: "h-[30px] px-3",
  sm: "h-[26px] px-[9px] text-sm",
};

/** The look alone, for elements that are no button of ours. */
function buttonClass({ variant = "default", size = "md" }: ButtonLook = {}): string {
  return cx(
    "inline-flex flex-none items-center justify-center gap-1.5 rounded-lg border font-medium whitespace-nowrap",
    "transition-[border-color,opacity,background-color] duration-100 select-none disabled:cursor-not-allowed disabled:opacity-50",
    VARIANTS[variant],
    SIZES[size],
  );
}

export interface ButtonProps extends ButtonLook, ComponentProps<"button"> {}

export function Button({ variant, size, icon, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} className={cx(buttonClass({ variant, size }), className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}

export interface ButtonLinkProps extends ButtonLook, ComponentProps<typeof Link> {}

export function ButtonLink({ variant, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link className={cx(buttonClass({ variant, size }), className)} {...rest}>
      {icon}
      {children}
    </Link>
  );
}
