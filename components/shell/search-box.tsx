"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useSyncExternalStore } from "react";
import { cx } from "@/components/ui/cx";

export interface SearchBoxProps {
  /** What is searched for at present. */
  query?: string | undefined;
  /** After the search was sent, for a menu that then closes. */
  onSent?: () => void;
  className?: string;
}

const never = () => () => {};
const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** Goes to the home page's filter on Enter; `/` and ⌘K come here from anywhere. Works as a plain form too. */
export function SearchBox({ query = "", onSent, className }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const router = useRouter();
  const mac = useSyncExternalStore<boolean | undefined>(never, isMac, () => undefined);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const field = input.current;
      // A box that a phone's layout hides has no place on the page to come to.
      if (!field || field.offsetParent === null || event.defaultPrevented || event.isComposing) return;
      const command = event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey;
      const slash =
        event.key === "/" && !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping(event.target);
      if (!command && !slash) return;
      event.preventDefault();
      field.focus();
      field.select();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const send = (event: FormEvent) => {
    event.preventDefault();
    const text = input.current?.value.trim() ?? "";
    router.push(text ? `/?${new URLSearchParams({ q: text })}` : "/");
    onSent?.();
  };

  return (
    <search className={className}>
      <form
        action="/"
        onSubmit={send}
        className={cx(
          "flex h-[30px] items-center gap-2 rounded-lg border border-line bg-bg px-2.5",
          "focus-within:border-accent focus-within:outline focus-within:outline-accent",
        )}
      >
        <input
          // A new query in the address is a new box; what is being typed is left alone otherwise.
          key={query}
          ref={input}
          name="q"
          type="search"
          defaultValue={query}
          placeholder="Search runs, nodes, rules"
          aria-label="Search runs, nodes and rules"
          aria-keyshortcuts="/ Meta+K Control+K"
          autoComplete="off"
          spellCheck={false}
          onKeyDown={(event) => {
            if (event.key === "Escape" && event.currentTarget.value === "") event.currentTarget.blur();
          }}
          className="min-w-0 flex-1 bg-transparent max-md:text-[1rem] placeholder:text-faint focus-visible:outline-none [&::-webkit-search-cancel-button]:appearance-none"
        />
        <span
          aria-hidden="true"
          className={cx(
            "flex-none rounded-sm border border-line px-1 font-sans text-xs text-faint transition-opacity max-md:hidden",
            mac === undefined && "opacity-0",
          )}
        >
          {mac === false ? "Ctrl K" : "⌘K"}
        </span>
      </form>
    </search>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input, textarea, select, [role='combobox'], [role='textbox']"))
  );
}
