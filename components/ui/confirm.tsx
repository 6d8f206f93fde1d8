"use client";

import { AlertDialog } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { Button } from "@/components/ui/button";

export interface ConfirmProps {
  /** The button that opens it. */
  trigger: ReactElement;
  /** The question, with what it is about. */
  title: string;
  /** What will follow. */
  children: ReactNode;
  /** What the button does that goes on: a verb. */
  action: string;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone. The focus begins on the way back. */
export function Confirm({ trigger, title, children, action, onConfirm }: ConfirmProps) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-appear bg-text/15" />
        <AlertDialog.Content className="fixed top-1/3 left-1/2 z-50 w-[min(440px,calc(100vw-24px))] -translate-x-1/2 -translate-y-1/3 animate-appear rounded-2xl border border-line bg-raise p-5 shadow-over">
          <AlertDialog.Title className="text-lg font-title tracking-[-0.01em] wrap-anywhere">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-1.5 text-pretty text-muted">
            {children}
          </AlertDialog.Description>
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Keep it</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant="primary" onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
