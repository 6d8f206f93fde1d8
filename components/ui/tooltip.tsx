"use client";

import {
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";

/** A pointer that only passes asks for nothing; one that comes from another tooltip has asked already, ms. */
const REST_MS = 350;
const STILL_ASKED_MS = 200;
/** The pointer may go over to the tooltip, ms. */
const LEAVE_MS = 120;
/** From what it is about, and from the edges of the window, px. */
const APART = 6;
const EDGE = 8;

let lastShown = Number.NEGATIVE_INFINITY;

export interface TooltipProps {
  content: ReactNode;
  /** One element, or a component that passes all on to one; make it focusable where the tooltip says more than the page does. */
  children: ReactElement<HTMLAttributes<HTMLElement>>;
}

/** More words about something, for whoever points at it, or comes to it by keyboard. */
export function Tooltip({ content, children }: TooltipProps) {
  const id = useId();
  const [about, setAbout] = useState<Element>();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  const later = (ms: number, next: Element | undefined) => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => setAbout(next), ms);
  };
  const hide = useCallback(() => {
    clearTimeout(waiting.current);
    setAbout(undefined);
  }, []);
  const isShown = about !== undefined;
  useEffect(() => {
    if (!isShown) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };
    document.addEventListener("keydown", onKeyDown);
    // What it is about moves away under it.
    document.addEventListener("scroll", hide, { capture: true, passive: true });
    return () => {
      lastShown = performance.now();
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("scroll", hide, { capture: true });
    };
  }, [isShown, hide]);

  const { props } = children;
  const trigger = cloneElement(children, {
    "aria-describedby": isShown ? id : props["aria-describedby"],
    onPointerEnter: (event) => {
      props.onPointerEnter?.(event);
      if (event.pointerType !== "mouse") return;
      later(performance.now() - lastShown < STILL_ASKED_MS ? 0 : REST_MS, event.currentTarget);
    },
    onPointerLeave: (event) => {
      props.onPointerLeave?.(event);
      later(LEAVE_MS, undefined);
    },
    onPointerDown: (event) => {
      props.onPointerDown?.(event);
      hide();
    },
    onFocus: (event) => {
      props.onFocus?.(event);
      if (event.currentTarget.matches(":focus-visible")) later(0, event.currentTarget);
    },
    onBlur: (event) => {
      props.onBlur?.(event);
      hide();
    },
  });
  return (
    <>
      {trigger}
      {about &&
        createPortal(
          <div
            id={id}
            role="tooltip"
            ref={(element) => {
              if (element) place(element, about.getBoundingClientRect());
            }}
            onPointerEnter={() => clearTimeout(waiting.current)}
            onPointerLeave={() => later(LEAVE_MS, undefined)}
            className="fixed top-0 left-0 z-50 max-w-80 animate-appear rounded-md border border-line bg-raise px-2.5 py-1.5 text-sm text-text shadow-over"
          >
            {content}
          </div>,
          // Inside a landmark, as all that is read should be.
          document.getElementById("main") ?? document.body,
        )}
    </>
  );
}

/** Above what it is about, below it where there is no room, and never beyond the window. */
function place(element: HTMLElement, about: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = element;
  const above = about.top - height - APART;
  const y = above >= EDGE ? above : about.bottom + APART;
  const middle = about.left + about.width / 2 - width / 2;
  const x = Math.max(EDGE, Math.min(middle, window.innerWidth - width - EDGE));
  element.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
}
