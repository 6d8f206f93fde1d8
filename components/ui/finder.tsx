"use client";

import { Search } from "lucide-react";
import { type KeyboardEvent, memo, type ReactNode, useId, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";

export interface FinderOption {
  readonly id: string;
  readonly label: string;
  /** Letters of the label that answer to what was typed. */
  readonly found?: readonly number[];
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
}

export interface FinderGroup {
  readonly label: string;
  readonly options: readonly FinderOption[];
  /** What is left out, or went wrong. */
  readonly note?: string | undefined;
}

export interface FinderProps {
  label: string;
  placeholder: string;
  value: string;
  onValueChange: (value: string) => void;
  groups: readonly FinderGroup[];
  /** Where there is no option at all. */
  emptyText: string;
  /** What was found, for those who do not see it. */
  status: string;
  onChoose: (id: string) => void;
}

/** One types to find, the arrows choose: a combobox whose list stays open. The focus stays in the field. */
export function Finder(props: FinderProps) {
  const { label, placeholder, value, onValueChange, groups, emptyText, status, onChoose } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const options = groups.flatMap((group) => group.options);
  const [active, setActive] = useState<string>();
  const current = Math.max(
    0,
    options.findIndex((option) => option.id === active),
  );
  const chosen = options[current];

  const move = (to: number) => {
    const next = options[(to + options.length) % Math.max(1, options.length)];
    if (!next) return;
    setActive(next.id);
    document.getElementById(optionId(id, next.id))?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey) return;
    if (event.key === "ArrowDown") move(current + 1);
    else if (event.key === "ArrowUp") move(current - 1);
    else if (event.key === "PageDown") move(Math.min(options.length - 1, current + 8));
    else if (event.key === "PageUp") move(Math.max(0, current - 8));
    else if (event.key === "Enter" && chosen) onChoose(chosen.id);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="flex flex-none items-center gap-2.5 border-b border-line px-3.5">
        <Search aria-hidden="true" size={15} className="flex-none text-faint" />
        <input
          role="combobox"
          aria-label={label}
          aria-expanded={options.length > 0}
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen && optionId(id, chosen.id)}
          placeholder={placeholder}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={value}
          onChange={(event) => {
            // What is found next is another list: its first is the best.
            setActive(undefined);
            list.current?.scrollTo({ top: 0 });
            onValueChange(event.target.value);
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg placeholder:text-faint focus-visible:outline-none max-md:text-[1rem]"
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5 focus-visible:outline-none"
      >
        {groups.map((group) => (
          <Group
            key={group.label}
            id={id}
            group={group}
            active={group.options.includes(chosen ?? NONE) ? chosen?.id : undefined}
            onPoint={setActive}
            onChoose={onChoose}
          />
        ))}
      </div>
      {options.length === 0 && <p className="px-4 pt-1 pb-5 text-muted">{emptyText}</p>}
      <p role="status" className="sr-only">
        {status}
      </p>
    </>
  );
}

const NONE: FinderOption = { id: "", label: "" };

function optionId(list: string, option: string): string {
  return `${list}-${option.replaceAll(/\s/g, "_")}`;
}

interface GroupProps {
  id: string;
  group: FinderGroup;
  active: string | undefined;
  onPoint: (id: string) => void;
  onChoose: (id: string) => void;
}

const Group = memo(function Group({ id, group, active, onPoint, onChoose }: GroupProps) {
  const labelId = optionId(id, `label-${group.label}`);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
    <div role="group" aria-labelledby={labelId} className="pb-1.5">
      <div
        id={labelId}
        role="presentation"
        className="flex items-baseline gap-2 px-2 pt-1.5 pb-1 text-sm text-muted"
      >
        <span className="font-medium">{group.label}</span>
        {group.note && <span className="text-faint">{group.note}</span>}
      </div>
      {group.options.map((option) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled where the focus is, in the field
        // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant moves, the focus stays
        <div
          key={option.id}
          id={optionId(id, option.id)}
          role="option"
          aria-selected={option.id === active}
          onClick={() => onChoose(option.id)}
          onPointerMove={() => onPoint(option.id)}
          className={cx(
            "flex h-[34px] cursor-pointer items-center gap-2.5 rounded-md px-2 whitespace-nowrap max-md:h-11",
            option.id === active &&
              "bg-accent-bg shadow-[inset_2px_0_0_var(--accent)] forced-colors:outline-2 forced-colors:-outline-offset-2 forced-colors:outline-[Highlight]",
          )}
        >
          <span aria-hidden="true" className="grid w-4 flex-none place-items-center text-faint">
            {option.icon}
          </span>
          <span
            className={cx("min-w-0 truncate", option.hint ? "max-w-[70%] flex-none" : "flex-1")}
            title={option.label}
          >
            <Found text={option.label} at={option.found ?? []} />
          </span>
          {option.hint && (
            <span className="min-w-0 flex-1 truncate text-right text-sm text-muted">{option.hint}</span>
          )}
        </div>
      ))}
    </div>
  );
});

/** The letters that answer are heavier. */
function Found({ text, at }: { text: string; at: readonly number[] }) {
  if (at.length === 0) return text;
  const places = new Set(at);
  const parts: { from: number; text: string; hit: boolean }[] = [];
  [...text].forEach((letter, i) => {
    const hit = places.has(i);
    const last = parts.at(-1);
    if (last?.hit === hit) last.text += letter;
    else parts.push({ from: i, text: letter, hit });
  });
  return parts.map((part) => (part.hit ? <b key={part.from}>{part.text}</b> : part.text));
}
