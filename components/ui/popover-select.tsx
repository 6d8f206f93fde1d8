"use client";

import { Check } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, type ReactElement, type ReactNode, useId, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** How many there are, shown at the right. */
  readonly count?: number | undefined;
}

export interface PopoverSelectProps {
  /** Names the list: "State". */
  label: string;
  options: readonly SelectOption[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  /** Choosing replaces the choice and closes the list. */
  single?: boolean;
  /** The button that opens it. */
  trigger: ReactElement;
  /** Room for options that are sentences. */
  wide?: boolean;
  /** What to say where there is nothing to choose. */
  emptyText?: string;
}

/** From this many options on, one types to find. */
const SEARCH_FROM = 9;

/** A list of options below a button: arrows, Home, End, Enter or Space, typing narrows a long list. */
export function PopoverSelect(props: PopoverSelectProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{props.trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={props.label}
          className={cx(
            "z-50 flex max-h-[min(360px,var(--radix-popover-content-available-height))] animate-appear flex-col overflow-hidden rounded-xl border border-line bg-raise shadow-over",
            props.wide ? "w-[min(360px,calc(100vw-16px))]" : "w-60",
          )}
        >
          <OptionList {...props} close={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function OptionList(props: PopoverSelectProps & { close: () => void }) {
  const {
    label,
    options,
    selected,
    onChange,
    single = false,
    emptyText = "Nothing to choose from",
    close,
  } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const searchable = options.length >= SEARCH_FROM;
  const needle = query.trim().toLowerCase();
  const shown = needle ? options.filter((o) => o.label.toLowerCase().includes(needle)) : options;
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      options.findIndex((o) => selected.includes(o.value)),
    ),
  );
  const current = Math.min(active, shown.length - 1);

  const move = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const toggle = (value: string) => {
    if (single) {
      onChange([value]);
      close();
    } else {
      onChange(selected.includes(value) ? selected.filter((v) => v !== value) : [...selected, value]);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const option = shown[current];
    // In the search field a space is a letter.
    const chooses = event.key === "Enter" || (event.key === " " && !searchable);
    if (event.key === "ArrowDown") move(current + 1);
    else if (event.key === "ArrowUp") move(current - 1);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(shown.length - 1);
    else if (chooses && option) toggle(option.value);
    else return;
    event.preventDefault();
  };

  const keys = {
    onKeyDown,
    "aria-controls": `${id}-list`,
    "aria-activedescendant": shown.length > 0 ? `${id}-${current}` : undefined,
  };
  return (
    <>
      {searchable && (
        <input
          {...keys}
          role="combobox"
          aria-expanded="true"
          aria-label={`Find in ${label}`}
          placeholder={`Find in ${label.toLowerCase()}`}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          className="h-9 flex-none border-b border-line bg-transparent px-3 placeholder:text-faint focus-visible:outline-none"
        />
      )}
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={!single}
        tabIndex={searchable ? -1 : 0}
        {...(searchable ? {} : { onKeyDown, "aria-activedescendant": keys["aria-activedescendant"] })}
        className="min-h-0 flex-1 overflow-y-auto p-1 focus-visible:outline-none"
      >
        {shown.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled where the focus is, on the list or its search field
          // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant moves, the focus stays
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={selected.includes(option.value)}
            onClick={() => toggle(option.value)}
            onPointerMove={() => setActive(index)}
            className={cx(
              "flex h-[30px] cursor-pointer items-center gap-2 rounded-md px-2 whitespace-nowrap",
              index === current && "bg-line2 forced-colors:outline",
            )}
          >
            <Check
              aria-hidden="true"
              size={14}
              className={cx("flex-none text-accent", !selected.includes(option.value) && "invisible")}
            />
            {option.icon}
            <span className="min-w-0 flex-1 truncate" title={option.label}>
              {option.label}
            </span>
            {option.count !== undefined && (
              <span className="text-sm tabular-nums text-muted">{option.count.toLocaleString("en-US")}</span>
            )}
          </div>
        ))}
      </div>
      {shown.length === 0 && (
        <p role="status" className="px-3 pt-1 pb-3 text-muted">
          {needle ? `Nothing matches “${query.trim()}”` : emptyText}
        </p>
      )}
    </>
  );
}
